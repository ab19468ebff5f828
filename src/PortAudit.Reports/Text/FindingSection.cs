using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>The findings, gravest first, each with what proves it; or why there is none.</summary>
internal static class FindingSection
{
    private const int LabelWidth = 8;

    /// <summary>Findings in full; <see cref="MaximumHeadlines"/> more have a line each.</summary>
    private const int MaximumFindings = 25;

    private const int MaximumHeadlines = 100;

    /// <summary>Captures whose frames are named.</summary>
    private const int MaximumCaptures = 6;

    /// <summary>Hosts of one side that are listed; a scan has thousands, and JSON lists them all.</summary>
    private const int MaximumHosts = 12;

    /// <summary>Ranges of frame numbers that are listed for one file where their filter is too long; JSON lists
    /// all.</summary>
    private const int MaximumFrameRanges = 20;

    /// <summary>Characters up to which a filter over frame numbers is worth reading; JSON has longer ones.</summary>
    private const int MaximumFrameFilter = 300;

    public static void Write(ReportPage page, AuditReport report, bool verbose)
    {
        page.Heading("Findings");
        if (report.Findings.IsEmpty)
        {
            page.Paragraph($"None. {WhyNone(report)}");
            return;
        }

        var shown = verbose ? report.Findings.Length : Math.Min(MaximumFindings, report.Findings.Length);
        for (var index = 0; index < shown; index++)
        {
            if (index > 0)
                page.Blank();
            WriteFinding(page, report.Findings[index], report);
        }

        if (shown == report.Findings.Length)
            return;
        page.Blank();
        page.Paragraph($"{Quantity.Of(report.Findings.Length - shown, "more finding")}, less severe; -v prints them "
            + $"in full:");
        foreach (var line in Shortened.Lines([.. report.Findings.Skip(shown).Select(finding =>
            $"{finding.Severity.ToText()} {Headline(finding)} ({finding.Id})")], MaximumHeadlines, "finding"))
            page.Paragraph($"- {line}");
    }

    internal static string Headline(Finding finding) => FindingHeadline.Of(finding);

    /// <summary>An empty list says why it is empty: nothing to judge is another thing than nothing wrong.</summary>
    internal static string WhyNone(AuditReport report)
    {
        if (report.Coverage.Packets == 0)
            return "The captures contain no packets, so nothing can be said about the rules.";
        if (report.Coverage.Flows == 0)
            return "The captures contain packets but no flows: none of them is IP traffic that could be decoded.";
        return report.RolePairs.IsEmpty
            ? "No flow runs between roles of the rules."
            : "Every flow that was judged is covered by a rule, and no required flow that this capture can decide on "
                + "is missing.";
    }

    private static void WriteFinding(ReportPage page, Finding finding, AuditReport report)
    {
        page.Subheading(
            (finding.Severity.ToText().ToUpperInvariant(), SeverityStyle.Of(finding.Severity)),
            ($"  {finding.Kind.ToText()}", new Style(decoration: Decoration.Bold)),
            ($"  {finding.Id}", null));
        page.Fields(
            [
                new("Who", FindingHeadline.About(finding)),
                new("What", finding.Explanation),
                new("Why", SeverityReason.Of(finding) is { Length: > 0 } reason
                    ? $"{finding.Severity.ToText()}, because {reason}"
                    : ""),
                new("Remedy", finding.Remedy),
                new("Roles", Roles(finding)),
                new("Hosts", Pair(Hosts(finding.Originators, report.Names), Hosts(finding.Responders, report.Names))),
                new("Traffic", string.Join("; ",
                    Traffic(finding).Prepend(Service(finding)).Where(part => part.Length > 0))),
                new("Rule", finding.Rule is { } rule ? $"{rule.Id}: {rule.Title} ({NeedWords.ToText(rule.Need)})" : ""),
                new("Source", finding.Rule is { } sourced
                    ? SourceLine.Of(sourced, report.Catalogs)
                    : finding.Reference ?? ""),
                new(LogRowText.Heading(finding.Evidence), [.. Frames(finding.Evidence)]),
                new("Filter", finding.Evidence.Filter) { IsCode = true },
            ],
            LabelWidth);
    }

    private static string Roles(Finding finding) => Pair(finding.FromRole, finding.ToRole);

    private static string Pair(string from, string to) => from.Length + to.Length == 0 ? "" : $"{from} -> {to}";

    private static string Hosts(ImmutableArray<FindingHost> hosts, SeenNames names) =>
        Shortened.Names([.. hosts.Select(host => Host(host, names))], MaximumHosts);

    /// <summary>The site's name comes first. A name seen in traffic follows the address, with its basis, as a
    /// hint.</summary>
    internal static string Host(FindingHost host, SeenNames names)
    {
        if (host.Name is not null)
            return $"{host.Name} ({host.Address})";
        return names.BestOf(host.Address) is { } seen
            ? $"{host.Address} ({seen.Basis.ToText()}: {seen.Name})"
            : host.Address;
    }

    internal static string Service(Finding finding)
    {
        var parts = new[] { finding.Transport, finding.Ports, finding.Protocol ?? "" }.Where(part => part.Length > 0);
        var text = string.Join(" ", parts);
        if (finding.Verdict is not { } verdict)
            return text;
        return text.Length == 0 ? $"verdict {verdict.ToText()}" : $"{text}, verdict {verdict.ToText()}";
    }

    internal static IEnumerable<string> Traffic(Finding finding)
    {
        if (finding.Flows == 0)
            yield break;
        var points = string.Join(", ", finding.CapturePoints.Where(point => point.Length > 0));
        yield return $"{Quantity.Of(finding.Flows, "flow")}, "
            + $"{Quantity.Bytes(finding.Bytes)}{(points.Length == 0 ? "" : $", captured at {points}")}";
        if (finding is { FirstSeenNs: { } first, LastSeenNs: { } last })
            yield return ReportTime.Span(first, last);
    }

    private static IEnumerable<string> Frames(Evidence evidence)
    {
        foreach (var line in Shortened.Lines([.. evidence.Frames.Select(FramesOf)], MaximumCaptures, "capture"))
            yield return line;
        if (evidence.FramesNotListed > 0)
            yield return Quantity.Of(evidence.FramesNotListed, $"further {LogRowText.Unit(evidence)}")
                + " counted, not listed";
    }

    /// <summary>A filter names the frames as well as a list does, and can be copied.</summary>
    private static string FramesOf(EvidenceFrames frames) => !frames.Rows.IsEmpty
        ? $"{frames.Capture} {LogRowText.Of(frames.Rows)}"
        : frames.Filter.Length <= MaximumFrameFilter
        ? $"{frames.Capture}: {frames.Filter}"
        : $"{frames.Capture}: {NumberRanges.Format(frames.Numbers, MaximumFrameRanges)} (a filter of "
            + $"{Quantity.Count(frames.Filter.Length)} characters selects them: {Shortened.InJson})";
}
