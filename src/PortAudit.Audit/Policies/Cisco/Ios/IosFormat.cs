using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>The configuration of a router or switch with Cisco IOS or IOS XE, tried behind that of the
/// ASA.</summary>
internal static partial class IosFormat
{
    /// <summary>Its name in options, site files and reports.</summary>
    public const string Name = "cisco-ios";

    /// <summary>Lines that are looked at.</summary>
    private const int MaxLines = 200_000;

    /// <summary>True when a line is written so by IOS, or by the products with access lists alike, whose lists are then
    /// named as not evaluated.</summary>
    public static bool IsRecognised(ConfigurationText text) =>
        text.Lines.Take(MaxLines).Any(line => IsIos().IsMatch(line.Length <= 200 ? line : line[..200]));

    [GeneratedRegex(@"^ ?ip access-(?:list|group) \S|^ipv[46] access-list \S|^ ?ipv6 traffic-filter \S"
        + @"|^access-list \d+ (?:permit|deny|remark|dynamic) |^(?:Extended|Standard) IP access list \S"
        + @"|^IPv6 access list \S|^version 1\d\.\d+\s*$|^service timestamps |^object-group network ipv[46] "
        + @"|^(?:Building configuration|Current configuration)"
        + @"|^(?:class-map|policy-map) type inspect |^zone-pair security ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsIos();
}
