using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Tells of which family a part of a file is: iptables and ip6tables write the same form.</summary>
internal static partial class IptablesFamilies
{
    /// <summary>Lines of a part that are looked at: the first rules tell, and each part is read twice.</summary>
    private const int MaxLookAhead = 5000;

    /// <summary>True when the rules from a line to the end of their table are of ip6tables.</summary>
    /// <param name="text">The file.</param>
    /// <param name="start">The first line, from 0.</param>
    public static bool IsIpv6(ConfigurationText text, int start)
    {
        for (var index = start - 1; index >= 0 && text.Lines[index].TrimStart().StartsWith('#'); index--)
        {
            if (text.Lines[index].Contains("by ip6tables-save", StringComparison.Ordinal))
                return true;
            if (text.Lines[index].Contains("by iptables-save", StringComparison.Ordinal))
                return false;
        }

        for (var index = start; index < text.Lines.Length && index < start + MaxLookAhead; index++)
        {
            var line = text.Lines[index];
            if (line.StartsWith("COMMIT", StringComparison.Ordinal))
                return false;
            if (line.Length <= ConfigurationText.MaxLineLength && !line.StartsWith('#') && Ipv6().IsMatch(line))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"\s(?:(?:-p|--protocol) (?:icmpv6|ipv6-icmp|58)\b|--icmpv6-type\s"
        + @"|(?:-s|-d|--source|--destination) [0-9a-fA-F]*:[0-9a-fA-F]*:)|icmp6-", RegexOptions.CultureInvariant)]
    private static partial Regex Ipv6();
}
