using PortAudit.Audit.Findings;

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

    /// <summary>Kind, service and roles in a line.</summary>
    public static string Headline(Finding finding)
    {
        var service = string.Join(' ', new[] { finding.Transport, finding.Ports, finding.Protocol ?? "" }
            .Where(part => part.Length > 0).Select(ShownText.Short));
        var place = Roles(finding);
        return $"{Kind(finding)}{(service.Length == 0 ? "" : $": {service}")}{(place.Length == 0 ? "" : $", {place}")}";
    }

    /// <summary>The roles; empty when it concerns none.</summary>
    public static string Roles(Finding finding) => finding.FromRole.Length == 0 && finding.ToRole.Length == 0
        ? ""
        : $"{ShownText.Short(finding.FromRole)} → {ShownText.Short(finding.ToRole)}";
}
