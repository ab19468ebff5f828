using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Reads the lists of the Mobile Information Server document: "80 - Hypertext Transfer Protocol", "IP Protocol 50 - …",
/// "UDP port 500 - …", "50, 51, UDP 500 - IPSec" (where 50 and 51 are IP protocols, as lines 44 and 45 say) and "1024
/// and higher - Dynamic RPC". A number without a transport leaves it open.
/// </summary>
internal static partial class MobileLists
{
    private const int HighestPort = 65535;

    /// <summary>The facts of all lists in the order of the lines.</summary>
    public static IEnumerable<PrintedFact> Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Item().Match(lines[i]) is not { Success: true } item)
                continue;
            var isIpsec = item.Groups["what"].Value.StartsWith("IPSec", StringComparison.Ordinal);
            foreach (var number in item.Groups["numbers"].Value.Split(", "))
                yield return Fact(i + 1, number, item.Groups["what"].Value, isIpsec);
        }
    }

    private static PrintedFact Fact(int line, string text, string what, bool isIpsec)
    {
        var number = int.Parse(Number().Match(text).ValueSpan, CultureInfo.InvariantCulture);
        var isUdp = text.StartsWith("UDP", StringComparison.Ordinal);
        if (text.StartsWith("IP Protocol", StringComparison.Ordinal) || (isIpsec && !isUdp))
            return new PrintedFact(DocumentIds.Mobile, line, [new IpProtocol((byte)number)], null);
        ImmutableArray<IpProtocol> transports = isUdp ? [IpProtocol.Udp]
            : what.Contains("(TCP/User Datagram Protocol [UDP])", StringComparison.Ordinal)
                ? [IpProtocol.Tcp, IpProtocol.Udp]
            : [];
        var last = text.EndsWith("and higher", StringComparison.Ordinal) ? HighestPort : number;
        return new PrintedFact(DocumentIds.Mobile, line, transports, new PrintedPorts(number, last));
    }

    [GeneratedRegex("^ +• (?<numbers>[^-]*[0-9][^-]*) - (?<what>.+)$")]
    private static partial Regex Item();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
