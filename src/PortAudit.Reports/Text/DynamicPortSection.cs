using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Text;

/// <summary>Why flows to ports exist that no document can name: what announced them, what nothing explains, and what a
/// firewall needs for them.</summary>
internal static class DynamicPortSection
{
    /// <summary>Services of a pair of roles that are shown at most; JSON lists them all.</summary>
    private const int MaximumServices = 8;

    /// <summary>Port ranges that a line shows at most.</summary>
    private const int MaximumRanges = 10;

    /// <summary>Pairs of roles at most, those first with flows that nothing explains.</summary>
    private const int MaximumRows = 12;

    private const int LabelWidth = 9;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Writes the section; nothing where no such flow was seen.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.DynamicPorts.IsEmpty)
            return;
        page.Heading("Dynamic ports");
        var rows = report.DynamicPorts.Length <= MaximumRows ? report.DynamicPorts : [.. report.DynamicPorts
            .OrderByDescending(row => row.Unexplained).ThenByDescending(row => row.Flows).Take(MaximumRows)];
        foreach (var row in rows)
        {
            page.Paragraph($"{row.From} -> {row.To}, {RangeOf(row)}");
            page.Fields(
                [
                    new("Flows", Flows(row)),
                    new("Services", [.. Services(row, report)]),
                    new("Ports", Ports(row)),
                    new("Note", row.Warning ?? ""),
                    new("Advice", [.. row.Advice.Select(Sentence)]),
                    new("Openings", [.. row.Pinholes.Select(Opening)]),
                ],
                LabelWidth);
        }

        if (report.DynamicPorts.Length > MaximumRows)
            page.Paragraph($"and {Quantity.Of(report.DynamicPorts.Length - MaximumRows, "more pair")} of roles and "
                + $"rule: {Shortened.InJson}");
    }

    internal static string RangeOf(DynamicPortRow row)
    {
        var range = row.Range.Length == 0 ? "" : $" {row.Range}";
        return row.Rule is { } rule ? $"{row.Transport}{range} ({rule.Id})" : $"{row.Transport}, under no rule";
    }

    internal static string Flows(DynamicPortRow row)
    {
        var parts = row.Explained.Select(entry => $"{Quantity.Count(entry.Value)} {Words(entry.Key)}");
        if (row.Unexplained > 0)
            parts = parts.Append($"{Quantity.Count(row.Unexplained)} in the range only, unexplained");
        if (row.NotObservable > 0)
            parts = parts.Append($"{Quantity.Count(row.NotObservable)} of logs, which do not tell what was announced");
        return $"{Quantity.Count(row.Flows)}: {string.Join(", ", parts)}";
    }

    private static string Words(AnnouncementGrade grade) => grade switch
    {
        AnnouncementGrade.ToThisClient => "announced to this client",
        AnnouncementGrade.ToAnotherClient => "announced to another client",
        AnnouncementGrade.OnPortItself => "known from a bind on the same port",
    };

    internal static IEnumerable<string> Services(DynamicPortRow row, AuditReport report)
    {
        foreach (var service in row.Services.Take(MaximumServices))
        {
            var channel = service.IsOnPortItself ? $"a bind of {service.AnnouncedBy}" : service.AnnouncedBy;
            var where = $"{report.Observation.Captures[service.Frame.Capture].Path} frame "
                + $"{Quantity.Count(service.Frame.Number)}";
            yield return $"{service.Name ?? service.Protocol ?? "unnamed"} on {Ranges(service.Ports)}: "
                + $"{Quantity.Of(service.Flows, "flow")}, by {channel} (first {where})";
        }

        if (row.Services.Length > MaximumServices || row.HasMoreServices)
            yield return $"and {(row.HasMoreServices ? "over " : "")}"
                + $"{Quantity.Of(row.Services.Length - MaximumServices, "other service")}: {Shortened.InJson}";
    }

    internal static string Ports(DynamicPortRow row)
    {
        if (row.Narrowest is not { } narrowest)
            return "";
        var count = row.Announced.Sum(range => range.Size);
        return count == 1
            ? $"{narrowest} alone was announced"
            : $"{Ranges(row.Announced)} were announced ({Quantity.Count(count)}); {narrowest} would have sufficed";
    }

    private static string Ranges(ImmutableArray<PortRange> ranges) => ranges.Length <= MaximumRanges
        ? string.Join(", ", ranges)
        : $"{string.Join(", ", ranges.Take(MaximumRanges))} and "
            + $"{Quantity.Of(ranges.Length - MaximumRanges, "other range")}";

    internal static string Sentence(Advice advice) =>
        advice.References.IsEmpty ? advice.Text : $"{advice.Text} ({string.Join(", ", advice.References)})";

    internal static string Opening(Pinhole pinhole)
    {
        var pause =
            pinhole.LongestPauseNs > 0 ? $", and was silent for {AtMost(pinhole.LongestPauseNs)} between two uses" : "";
        return $"what {pinhole.AnnouncedBy} announced was used after {AtMost(pinhole.LongestWaitNs)}{pause}: unless "
            + $"the range is open, the firewall has to follow {pinhole.AnnouncedBy} and keep its openings so long";
    }

    private static string AtMost(long ns) =>
        ns < NanosecondsPerMillisecond ? "less than a millisecond" : $"up to {Duration.ToText(ns)}";
}
