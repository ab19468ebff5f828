using System.Runtime.CompilerServices;
using System.Text;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as comma-separated values with a header line (RFC 4180). Unknown values are empty.</summary>
internal sealed class FlowCsv : IFlowRows
{
    /// <summary>Texts whose fields are kept at most: protocols, services, captures and tunnels are few, and what announced a port is another text for each flow.</summary>
    private const int MaximumFields = 1024;

    /// <summary>What the columns are written by, one beside the other.</summary>
    private static readonly Cell[] Cells = [.. FlowColumn.All.Select(column => new Cell(column.Token, column.Number, column.Text))];

    /// <summary>The latest text of each column, and its field: neighbouring flows are mostly of one protocol and one capture.</summary>
    private readonly (string? Text, byte[] Field)[] _latest = new (string?, byte[])[FlowColumn.All.Length];

    /// <summary>The fields of texts as UTF-8. Equal texts are mostly one string.</summary>
    private readonly Dictionary<string, byte[]> _fields = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc />
    public void Format(in FlowRow flow, Utf8Row text)
    {
        var cells = Cells.AsSpan();
        var latest = _latest.AsSpan(0, cells.Length);
        for (var index = 0; index < cells.Length; index++)
        {
            ref readonly var cell = ref cells[index];
            if (cell.Token is { } token)
                token(flow, text);
            else if (cell.Number is { } number)
                AppendNumber(number(flow), text);
            else if (cell.Text!(flow) is { } value)
                text.Append(FieldOf(ref latest[index], value));
            text.Append((byte)',');
        }

        text.CutTo(text.Length - 1);
        text.Append("\r\n"u8);
    }

    /// <inheritdoc />
    public bool NeedsAllRows => false;

    /// <inheritdoc />
    public void WriteHead(Stream output)
    {
        var header = new Utf8Row();
        header.Append(string.Join(',', FlowColumn.All.Select(column => column.Name)));
        header.Append("\r\n"u8);
        output.Write(header.Written);
    }

    /// <inheritdoc />
    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendNumber(long? number, Utf8Row text)
    {
        if (number is { } value)
            text.AppendNumber(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> FieldOf(ref (string? Text, byte[] Field) latest, string text)
    {
        if (!ReferenceEquals(latest.Text, text))
            latest = (text, FieldOf(text));
        return latest.Field;
    }

    private byte[] FieldOf(string text)
    {
        if (_fields.TryGetValue(text, out var known))
            return known;
        if (_fields.Count == MaximumFields)
            _fields.Clear();
        var field = Encoding.UTF8.GetBytes(CsvLine.Field(text));
        _fields.Add(text, field);
        return field;
    }

    private readonly record struct Cell(FlowToken? Token, FlowNumber? Number, FlowText? Text);
}
