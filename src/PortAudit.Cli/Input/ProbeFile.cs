using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Wire;

namespace PortAudit.Cli.Input;

/// <summary>A file of packets to put to a policy: CSV with a line of headings, in any order, among
/// <see cref="Columns"/>. An empty cell is not known; an empty state is <c>new</c>.</summary>
internal sealed class ProbeFile
{
    /// <summary>The columns; the first three are needed.</summary>
    public static readonly ImmutableArray<string> Columns =
        ["source", "destination", "protocol", "source_port", "destination_port", "icmp_type", "state"];

    private const int Needed = 3;

    private readonly ConfigurationText _text;
    private readonly int[] _places;

    private ProbeFile(ConfigurationText text, int[] places) => (_text, _places) = (text, places);

    /// <summary>Opens a file. Null, with a line in the log, when it cannot be read or has other headings.</summary>
    public static ProbeFile? TryOpen(string path, DiagnosticLog log)
    {
        var diagnostics = new List<Diagnostic>();
        var text = ConfigurationText.Read(path, diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        if (text is null)
            return null;
        string[] headings = text.Lines.IsEmpty ? [] : Cells(text.Lines[0]);
        int[] places = [.. Columns.Select(column => Array.IndexOf(headings, column))];
        if (!places.AsSpan(0, Needed).Contains(-1) && headings.All(heading => Columns.Contains(heading)))
            return new ProbeFile(text, places);
        log.Error($"{path}:1: wants a line of headings among {string.Join(',', Columns)}, the first "
            + $"{Needed} among them");
        return null;
    }

    /// <summary>The packets, one a line; the last is null where a line is none, which is in the log.</summary>
    public IEnumerable<PolicyProbe?> Read(DiagnosticLog log)
    {
        for (var index = 1; index < _text.Lines.Length; index++)
        {
            if (string.IsNullOrWhiteSpace(_text.Lines[index]))
                continue;
            var probe = Parse(Cells(_text.Lines[index]), out var problem);
            if (probe is null)
                log.Error($"{_text.Path}:{index + 1}: {problem}");
            yield return probe;
            if (probe is null)
                yield break;
        }
    }

    private static string[] Cells(string line) => line.Split(',', StringSplitOptions.TrimEntries);

    private PolicyProbe? Parse(string[] cells, out string problem)
    {
        problem = "";
        if (!IpAddress.TryParse(Cell(cells, 0), out var source))
            problem = $"'{Cell(cells, 0)}' is not an address";
        else if (!IpAddress.TryParse(Cell(cells, 1), out var destination))
            problem = $"'{Cell(cells, 1)}' is not an address";
        else if (PacketOption.ProtocolOf(Cell(cells, 2)) is not { } protocol)
            problem = $"'{Cell(cells, 2)}' is not a protocol";
        else if (!TryReadNumber<ushort>(Cell(cells, 3), out var from)
            || !TryReadNumber<ushort>(Cell(cells, 4), out var to))
            problem = $"'{Cell(cells, 3)}' or '{Cell(cells, 4)}' is not a port";
        else if (!TryReadNumber<byte>(Cell(cells, 5), out var type))
            problem = $"'{Cell(cells, 5)}' is not an ICMP type";
        else if (Cell(cells, 6) is { Length: > 0 } state && PacketOption.StateOf(state) is null)
            problem = $"'{state}' is not a state";
        else
            return new PolicyProbe(source, destination, protocol, from, to)
            {
                IcmpType = type,
                State = PacketOption.StateOf(Cell(cells, 6)) ?? ConnectionStates.New,
            };
        return null;
    }

    private string Cell(string[] cells, int column) =>
        _places[column] is >= 0 and var place && place < cells.Length ? cells[place] : "";

    private static bool TryReadNumber<T>(string text, out T? number)
        where T : struct, System.Numerics.INumber<T>
    {
        number = T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return text.Length == 0 || number is not null;
    }
}
