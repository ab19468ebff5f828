using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Reads the tables of the Lync document: cells parted by bars. The internal servers' table has a column for the port
/// and one for the protocol (and wraps an empty last cell to a line of its own); the others print "SIP/MTLS/TCP/5061"
/// in their first column.
/// </summary>
internal static partial class LyncTables
{
    private const int PortColumn = 2;
    private const int ProtocolColumn = 3;

    /// <summary>The facts of all tables in the order of the lines.</summary>
    public static IEnumerable<PrintedFact> Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var cells = lines[i].Split(" | ");
            if (cells.Length > ProtocolColumn && PortsCell().Match(cells[PortColumn]) is { Success: true } ports)
                yield return Fact(i + 1, TransportsOf(cells[ProtocolColumn]), ports);
            else if (SlashedCell().Match(cells[0]) is { Success: true } slashed)
                yield return Fact(i + 1, TransportsOf(slashed.Groups["transport"].Value), slashed);
        }
    }

    // HTTP and HTTPS are printed as the protocol of rows without a transport: their name carries TCP. "DCOM and remote
    // procedure call (RPC)" prints none, and DCOM may use either.
    private static ImmutableArray<IpProtocol> TransportsOf(string cell)
    {
        var transports = ImmutableArray.CreateBuilder<IpProtocol>();
        if (cell.Contains("TCP", StringComparison.Ordinal) || cell.Contains("HTTP", StringComparison.Ordinal))
            transports.Add(IpProtocol.Tcp);
        if (cell.Contains("UDP", StringComparison.Ordinal))
            transports.Add(IpProtocol.Udp);
        return transports.ToImmutable();
    }

    private static PrintedFact Fact(int line, ImmutableArray<IpProtocol> transports, Match match)
    {
        var first = NumberOf(match.Groups["first"]);
        var last = match.Groups["last"] is { Success: true } group ? NumberOf(group) : first;
        return new PrintedFact(DocumentIds.Lync, line, transports, new PrintedPorts(first, last));
    }

    private static int NumberOf(Group digits) =>
        int.Parse(digits.ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<first>[0-9]+)(-(?<last>[0-9]+))?$")]
    private static partial Regex PortsCell();

    [GeneratedRegex("(^|/)(?<transport>TCP|UDP)/(?<first>[0-9,]+)(-(?<last>[0-9,]+))?$")]
    private static partial Regex SlashedCell();
}
