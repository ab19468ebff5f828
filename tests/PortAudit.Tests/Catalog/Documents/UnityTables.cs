using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Reads the tables of the Cisco Unity document, which print one cell a line with blank lines between: "TCP and UDP
/// 88", "If HTTPS is disabled, TCP 80", "TCP 1433 and UDP 1434", "TCP 2000 or 2443", "Static TCP and UDP Exchange ports
/// configured …".
/// </summary>
internal static partial class UnityTables
{
    /// <summary>The facts of all tables in the order of the lines.</summary>
    public static IEnumerable<PrintedFact> Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (StaticPortsCell().IsMatch(lines[i]))
                yield return new PrintedFact(DocumentIds.Unity, i + 1, [IpProtocol.Tcp, IpProtocol.Udp],
                    PrintedPorts.Configured);
            if (PortsCell().IsMatch(lines[i]))
            {
                foreach (var fact in Cell(i + 1, lines[i]))
                    yield return fact;
            }
        }
    }

    private static IEnumerable<PrintedFact> Cell(int line, string cell)
    {
        foreach (Match part in Part().Matches(cell))
        {
            ImmutableArray<IpProtocol> transports = part.Groups["transport"].Value switch
            {
                "TCP and UDP" => [IpProtocol.Tcp, IpProtocol.Udp],
                "TCP" => [IpProtocol.Tcp],
                _ => [IpProtocol.Udp],
            };
            foreach (System.Text.RegularExpressions.Capture ports in part.Groups["ports"].Captures)
            {
                var bounds = ports.Value.Split('-').Select(bound => int.Parse(bound, CultureInfo.InvariantCulture))
                    .ToArray();
                yield return new PrintedFact(DocumentIds.Unity, line, transports,
                    new PrintedPorts(bounds[0], bounds[^1]));
            }
        }
    }

    // The bracket after the ports names the server for which they are needed; at one place it is not closed.
    [GeneratedRegex(
        @"^(If HTTPS is (dis|en)abled, )?(TCP|UDP)( and UDP)? [0-9]+[-0-9]*( (and UDP|or) [0-9]+)?( \(only [^)]*\)?)?$")
        ]
    private static partial Regex PortsCell();

    [GeneratedRegex("(?<transport>TCP and UDP|TCP|UDP) (?<ports>[0-9]+(-[0-9]+)?)( or (?<ports>[0-9]+))?")]
    private static partial Regex Part();

    [GeneratedRegex("^Static TCP and UDP Exchange ports ")]
    private static partial Regex StaticPortsCell();
}
