using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>The format of iptables.</summary>
internal static partial class IptablesFormat
{
    public const string Name = "iptables";

    /// <summary>Lines that are looked at to recognise a file.</summary>
    private const int MaxLines = 2000;

    /// <summary>True for a file with a line of a table (<c>*filter</c>), a chain (<c>:INPUT DROP [0:0]</c>) or a
    /// rule.</summary>
    public static bool Recognises(ConfigurationText text) => text.Lines.Take(MaxLines)
        .Any(line => Known().IsMatch(line.Length > 200 ? line[..200] : line));

    [GeneratedRegex(@"^\s*(?:\*(?:filter|nat|mangle|raw|security)\s*$"
        + @"|:[A-Za-z0-9_.-]+ (?:ACCEPT|DROP|-)(?: \[[0-9]+:[0-9]+\])?\s*$"
        + @"|(?:\[[0-9]+:[0-9]+\] |(?:sudo )?(?:/(?:usr/)?s?bin/)?ip6?tables(?:-legacy|-nft)? (?:-w )?(?:-t [a-z]+ )?)?"
        + @"(?:-P [A-Z]+ (?:ACCEPT|DROP)|(?:-A|--append|-I|--insert) [A-Za-z0-9_.-]+ .*-[jg] [A-Za-z0-9_-]+))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
