using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>The configuration of a Cisco ASA, also of PIX and FWSM.</summary>
internal static partial class AsaFormat
{
    /// <summary>Its name in options, site files and reports.</summary>
    public const string Name = "cisco-asa";

    /// <summary>Lines that are looked at.</summary>
    private const int MaxLines = 200_000;

    /// <summary>True when a line is written so by an ASA alone.</summary>
    public static bool IsRecognised(ConfigurationText text) =>
        text.Lines.Take(MaxLines).Any(line => IsRelease().IsMatch(Head(line)))
        || !text.Lines.Take(MaxLines).Any(line => IsIos().IsMatch(Head(line)))
        && text.Lines.Take(MaxLines).Any(line => IsAsa().IsMatch(Head(line)));

    private static string Head(string line) => line.Length <= 200 ? line : line[..200];

    [GeneratedRegex(@"^\s*(?:: )?(?:ASA|PIX|FWSM|NGFW) Version \S",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsRelease();

    [GeneratedRegex(@"^\s*nameif \S|^same-security-traffic permit "
        + @"|^access-group \S+ (?:global\b|(?:in|out) interface )|^clear configure access-list \S"
        + @"|^access-list \S+ (?:line \d+ )?(?:extended|standard) (?:permit|deny) |^access-list \S+; \d+ elements"
        + @"|^object network \S|^: (?:Saved|Hardware: +ASA)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsAsa();

    [GeneratedRegex(@"^ ?ip access-(?:list|group) \S|^version 1\d\.\d+\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsIos();
}
