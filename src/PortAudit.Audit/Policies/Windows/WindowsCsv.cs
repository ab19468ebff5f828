using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// Tables of rules: the properties of <see cref="WindowsJson"/> as columns in any order (<c>Export-Csv</c>, the
/// Firewall Manager module), the "Export List" of the firewall console, and lists of the rules that a server needs,
/// which have one <c>Port</c> column and no <c>Action</c>: everything in such a list is allowed, and inbound unless a
/// column says otherwise (github.com/MichaelGrafnetter/active-directory-firewall).
/// </summary>
internal sealed class WindowsCsv
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-csv";

    /// <summary>Columns with a known name that a header has at least.</summary>
    private const int MinColumns = 4;

    /// <summary>What PowerShell writes instead of the values when a list was not joined.</summary>
    private const string ListType = "System.String[]";

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly WindowsDraft _draft;
    private readonly WindowsField?[] _columns;
    private readonly bool _isListing;

    private WindowsCsv(ConfigurationText text, WindowsField?[] columns)
    {
        _draft = new WindowsDraft(text, Format);
        _columns = columns;
        _isListing = columns.Contains(WindowsField.Port) && !columns.Contains(WindowsField.Action);
    }

    /// <summary>Whether a file begins with the header of such a table.</summary>
    public static bool Recognises(ConfigurationText text) => Header(text) is not null;

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        if (Header(text) is not var (row, separator, columns))
        {
            var empty = new WindowsDraft(text, Format);
            empty.Gap(1, "no header with the names of columns");
            return empty.Build();
        }

        return new WindowsCsv(text, columns).Read(row, separator);
    }

    private static (CsvRow Row, char Separator, WindowsField?[] Columns)? Header(ConfigurationText text)
    {
        var line = 1;
        while (line <= text.Lines.Length && (string.IsNullOrWhiteSpace(text.Lines[line - 1]) || IsComment(text, line)))
            line++;
        if (line > text.Lines.Length)
            return null;
        var best = Separators.Select(separator => (Row: CsvRecords.Row(text, line, separator), Separator: separator))
            .Select(entry => (entry.Row, entry.Separator,
                Columns: entry.Row.Cells.Select(WindowsFields.Of).ToArray()))
            .MaxBy(entry => entry.Columns.OfType<WindowsField>().Distinct().Count());
        return best.Columns.OfType<WindowsField>().Distinct().Count() >= MinColumns
            && best.Columns.Any(column => column is WindowsField.Protocol or WindowsField.Direction
                or WindowsField.DefaultInbound)
            ? best : null;
    }

    /// <summary>The line that Windows PowerShell 5.1 writes first, or Excel's choice of separator.</summary>
    private static bool IsComment(ConfigurationText text, int line) =>
        text.Lines[line - 1].StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase)
        || text.Lines[line - 1].StartsWith("sep=", StringComparison.OrdinalIgnoreCase);

    private Policy Read(CsvRow header, char separator)
    {
        for (var line = 1; line < header.First; line++)
            _draft.Notes.Blank(line);
        for (var line = header.First; line <= header.Last; line++)
            _draft.Notes.Other(line);
        foreach (var row in CsvRecords.Read(_draft.Text, header.Last + 1, separator))
        {
            if (row.Problem is { } problem)
                _draft.Gap(row.First, problem);
            else
                Take(row);
        }

        return _draft.Build();
    }

    private void Take(CsvRow row)
    {
        var record = new WindowsRecord(row.First) { Last = row.Last, Text = _draft.Text.Lines[row.First - 1] };
        for (var index = 0; index < _columns.Length && index < row.Cells.Count; index++)
        {
            if (_columns[index] is not { } field)
                continue;
            if (row.Cells[index].Contains(ListType, StringComparison.Ordinal))
                record.Problem(row.First, $"the export wrote '{ListType}' instead of the values of {field}");
            else
                record.Add(field, [row.Cells[index]], row.First);
        }

        if (row.Cells.Count != _columns.Length)
            _draft.Gap(row.First, $"{row.Cells.Count} cells under {_columns.Length} columns");
        if (record.Has(WindowsField.DefaultInbound))
        {
            _draft.AddProfile(record);
            return;
        }

        if (_isListing)
            AddListed(record, row.First);
        else
            record.NotStated = WindowsJson.NotStated(record);
        _draft.Add(record);
    }

    /// <summary>What a list of needed rules leaves out: it holds rules that allow.</summary>
    private static void AddListed(WindowsRecord record, int line)
    {
        record.Add(WindowsField.Action, ["Allow"], line);
        if (!record.Has(WindowsField.Direction))
            record.Add(WindowsField.Direction, ["Inbound"], line);
        if (record.Of(WindowsField.Protocol).Length == 0)
            record.NotStated = [WindowsField.Protocol];
    }
}
