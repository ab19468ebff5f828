using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Text;

/// <summary>What a capture is, how reading it ended, and its metadata: a line each, preceded by the path.</summary>
internal static class CaptureLines
{
    /// <summary>Comments that are shown of a capture at most; JSON holds all that were kept.</summary>
    private const int MaximumComments = 3;

    /// <summary>Outages of interfaces that are shown of a capture at most; JSON holds all that were kept.</summary>
    private const int MaximumOutages = 5;

    /// <summary>Characters of a comment that are shown at most.</summary>
    private const int MaximumCommentLength = 160;

    private const long NanosecondsPerMillisecond = 1_000_000;

    public static IEnumerable<string> Of(CaptureSummary capture)
    {
        var content = capture.Log is null
            ? Quantity.Of(capture.Packets, "packet")
            : $"{Quantity.Of(capture.Rows, "connection")}, which count {Quantity.Of(capture.Packets, "packet")}";
        yield return $"{capture.Path}: {capture.Format}; {content}; {End(capture)}";
        foreach (var line in Damages(capture.Annotations).Concat(Annotations(capture)))
            yield return $"{capture.Path}: {line}";
    }

    private static string End(CaptureSummary capture) => capture switch
    {
        { End.IsComplete: false } => $"stopped at byte {Quantity.Count(capture.End.Offset)}: {capture.End.Reason}",
        { IsWhole: true } => "whole",
        _ => "read to its end, with damage",
    };

    private static IEnumerable<string> Damages(CaptureAnnotations annotations)
    {
        foreach (var damage in annotations.Damages)
            yield return damage.Reason;
        if (annotations.DamagesNotListed > 0)
            yield return $"{Quantity.Of(annotations.DamagesNotListed, "more damaged part")} not listed";
    }

    private static IEnumerable<string> Annotations(CaptureSummary capture)
    {
        var notes = capture.Annotations;
        if (notes.Oddity is { } oddity)
            yield return oddity;
        foreach (var drops in notes.Drops.Where(drops => drops.Dropped > 0))
            yield return capture.Log is null
                ? $"{InterfaceOf(drops)} lost {Quantity.Of(drops.Dropped!.Value, "packet")}{Where(drops)}"
                : $"{Quantity.Of(drops.Dropped!.Value, "packet")} lost before they were counted";
        foreach (var outage in notes.Outages.Take(MaximumOutages))
            yield return (capture.Log is null ? $"interface {outage.Name} was away" : "not all packets were recorded")
                + $" from {ReportTime.ToMillisecond(outage.FromNs)} "
                + $"{(outage.ToNs is { } to ? $"to {ReportTime.ToMillisecond(to)} UTC" : "UTC on")}: {outage.Reason}";
        if (notes.Outages.Length + notes.OutagesNotListed - MaximumOutages is > 0 and var further)
            yield return (capture.Log is null ? "interfaces were away" : "not all packets were recorded")
                + $" {Quantity.Of(further, "more time")}";
        if (capture.Clock.BackwardSteps > 0)
            yield return $"time runs backwards {Quantity.Of(capture.Clock.BackwardSteps, "time")}, "
                + $"{Longest(capture.Clock.LargestBackwardNs)}";
        if (notes.Names.Length + notes.NamesNotKept is > 0 and var names)
            yield return $"{Quantity.Of(names, "name")} of addresses{NotKept(notes.NamesNotKept)}";
        foreach (var comment in notes.Comments.Take(MaximumComments))
            yield return $"comment on {SubjectOf(comment)}: {Short(comment.Text)}";
        if (notes.Comments.Length + notes.CommentsNotKept - MaximumComments is > 0 and var more)
            yield return $"{Quantity.Of(more, "more comment")}{NotKept(notes.CommentsNotKept)}";
    }

    private static string Longest(long ns) =>
        ns < NanosecondsPerMillisecond ? "by less than a millisecond" : $"by up to {Duration.ToText(ns)}";

    private static string InterfaceOf(InterfaceStatistics drops) =>
        drops.Name is { Length: > 0 } name ? $"interface {name}" : $"interface {drops.Interface}";

    private static string Where(InterfaceStatistics drops)
    {
        var parts = new List<string>();
        if (drops.DroppedByInterface > 0)
            parts.Add($"{Quantity.Count(drops.DroppedByInterface.Value)} in the interface");
        if (drops.DroppedBySystem > 0)
            parts.Add($"{Quantity.Count(drops.DroppedBySystem.Value)} in the operating system");
        if (drops.LostBetweenPackets > 0)
            parts.Add($"{Quantity.Count(drops.LostBetweenPackets.Value)} noted between packets");
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    private static string SubjectOf(CaptureComment comment) => comment.Subject switch
    {
        CommentSubject.Frame => $"frame {Quantity.Count(comment.Number)}",
        CommentSubject.Interface => $"interface {comment.Number}",
        CommentSubject.Section => $"section {comment.Number}",
    };

    private static string NotKept(long number) =>
        number == 0 ? "" : $", {Quantity.Count(number)} of them beyond the limit";

    private static string Short(string text) =>
        text.Length <= MaximumCommentLength ? text : $"{text[..MaximumCommentLength]} …";
}
