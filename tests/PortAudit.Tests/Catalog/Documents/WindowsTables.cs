using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Reads the tables of KB 832017. Cells are parted by single spaces, as are the words inside them, so a row is read
/// from its end: "RPC TCP 135, random port number between 1024 - 65534*". A row that cannot be read is a failure, never
/// passed over.
/// </summary>
internal static partial class WindowsTables
{
    private const string ServiceTableHead = "Application protocol Protocol Ports";
    private const string SummaryHead = "Port Protocol Application protocol System service name";

    /// <summary>The facts of the tables of the services.</summary>
    public static IEnumerable<PrintedFact> ReadServices(string[] lines) =>
        from row in RowsBelow(lines, ServiceTableHead)
        let match = ServiceRow().Match(row.Text)
        from ports in PortsOf(Readable(match, row).Groups["ports"])
        select new PrintedFact(DocumentIds.Windows, row.Line, TransportsOf(match.Groups["transport"].Value), ports);

    /// <summary>The facts of the table that sums the services up by port.</summary>
    public static IEnumerable<PrintedFact> ReadSummary(string[] lines) =>
        from row in RowsBelow(lines, SummaryHead)
        let match = SummaryRow().Match(row.Text)
        from ports in PortsOf(Readable(match, row).Groups["ports"])
        select new PrintedFact(DocumentIds.Windows, row.Line, TransportsOf(match.Groups["transport"].Value), ports);

    /// <summary>How many services have a table.</summary>
    public static int CountServices(string[] lines) => lines.Count(line => line == ServiceTableHead);

    /// <summary>How many rows the tables of the services have.</summary>
    public static int CountServiceRows(string[] lines) => RowsBelow(lines, ServiceTableHead).Count();

    // A table ends at the next blank line.
    private static IEnumerable<(int Line, string Text)> RowsBelow(string[] lines, string head)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != head)
                continue;
            for (var row = i + 1; lines[row].Length > 0; row++)
                yield return (row + 1, lines[row]);
        }
    }

    private static Match Readable(Match match, (int Line, string Text) row)
    {
        Assert.True(match.Success, $"{DocumentIds.Windows}:{row.Line} is a row that cannot be read: {row.Text}");
        return match;
    }

    // "UPD" is printed for UDP at line 1035. GRE, ESP and AH stand in the column of the protocol; their numbers are 47,
    // 50 and 51.
    private static ImmutableArray<IpProtocol> TransportsOf(string text) => text switch
    {
        "TCP" => [IpProtocol.Tcp],
        "UDP" or "UPD" => [IpProtocol.Udp],
        "TCP + UDP" => [IpProtocol.Tcp, IpProtocol.Udp],
        "ICMP" => [IpProtocol.Icmp],
        "GRE" => [new IpProtocol(47)],
        "ESP" => [new IpProtocol(50)],
        "AH" => [new IpProtocol(51)],
        _ => throw new ArgumentOutOfRangeException(nameof(text), text, "no protocol of the tables"),
    };

    // Null, once, for a row of an IP protocol.
    private static IEnumerable<PrintedPorts?> PortsOf(Group cell)
    {
        var ranges = Range().Matches(cell.Value);
        if (ranges.Count == 0)
            yield return null;
        foreach (Match range in ranges)
        {
            var first = int.Parse(range.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
            var last = range.Groups["last"] is { Success: true } group
                ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture)
                : first;
            yield return new PrintedPorts(first, last);
        }
    }

    // The asterisk points to a footnote: the range can be changed.
    [GeneratedRegex(
        @"^.+(?<!\+) (?<transport>TCP \+ UDP|TCP|UDP|GRE|AH|ESP|ICMP)"
            + @"( (?<ports>n/a|([0-9]+, )?(random port number between )?[0-9]+( - [0-9]+)?\*?))?$")]
    private static partial Regex ServiceRow();

    [GeneratedRegex("^(?<ports>n/a|[0-9]+(-[0-9]+)?) (?<transport>TCP|UDP|UPD|GRE|ESP|AH) .+$")]
    private static partial Regex SummaryRow();

    [GeneratedRegex("(?<first>[0-9]+)( ?- ?(?<last>[0-9]+))?")]
    private static partial Regex Range();
}
