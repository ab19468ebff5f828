using PortAudit.Audit.Findings;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Html;

/// <summary>How a page calls a finding.</summary>
internal static class FindingWords
{
    /// <summary>The kind as words: <c>Wrong protocol</c>.</summary>
    public static string Kind(Finding finding)
    {
        var words = finding.Kind.ToText().Replace('-', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    public static string Headline(Finding finding) =>
        FindingHeadline.About(finding) is { Length: > 0 } about
            ? $"{Kind(finding)}: {ShownText.Long(about)}"
            : Kind(finding);

    /// <summary>The severity and its reason; empty if none.</summary>
    public static string Why(Finding finding) => SeverityReason.Of(finding) is { Length: > 0 } reason
        ? $"Severity {finding.Severity.ToText()}, because {reason}."
        : "";

    /// <summary>The roles; empty when it concerns none.</summary>
    public static string Roles(Finding finding) => finding.FromRole.Length == 0 && finding.ToRole.Length == 0
        ? ""
        : $"{ShownText.Short(finding.FromRole)} → {ShownText.Short(finding.ToRole)}";
}
