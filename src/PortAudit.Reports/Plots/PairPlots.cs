using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Plots;

/// <summary>The plots of a pair of roles. All that show time have one axis of it.</summary>
internal static class PairPlots
{
    /// <summary>Protocols shown separately; the rest, those with the fewest bytes, are one.</summary>
    private const int MaximumProtocols = 6;

    /// <summary>The hatch of what is left over.</summary>
    public const string OtherHatch = PlotHatches.Upright;

    /// <summary>Its style class.</summary>
    public const string OtherClass = "p-other";

    /// <summary>The hatches of the protocols, the one with the most bytes first; null for plain colour.</summary>
    public static readonly ImmutableArray<string?> ProtocolHatches =
        [null, PlotHatches.Rising, PlotHatches.Level, null, PlotHatches.Falling, PlotHatches.Dots];

    /// <summary>The plots, in the order in which a page shows them.</summary>
    /// <param name="timeline">When what happened.</param>
    /// <param name="dynamicRanges">Ranges of rules whose ports are announced.</param>
    /// <param name="detail">How much of it is drawn.</param>
    public static IEnumerable<(PlotKind Kind, PlotDrawing Drawing)> Of(RolePairTimeline timeline,
        ImmutableArray<PortRange> dynamicRanges, PlotDetail detail)
    {
        var time = TimeScale.Of(timeline, PlotDrawing.Left, PlotDrawing.Right);
        if (!timeline.Flows.Columns.IsEmpty)
        {
            yield return (PlotKind.Words, Words(timeline, time, detail));
            yield return (PlotKind.Flows, Flows(timeline, time, detail));
        }

        if (!timeline.Ports.Dots.IsEmpty)
            yield return (PlotKind.Ports, PortDrawing.Of(timeline.Ports, time, dynamicRanges, detail));
        if (!timeline.Bytes.Columns.IsEmpty)
            yield return (PlotKind.Bytes, Bytes(timeline, time, detail));
        if (!timeline.Delays.IsEmpty)
            yield return (PlotKind.Delays, DelayDrawing.Of(timeline.Delays, detail.WithHints));
    }

    /// <summary>The legend has all five words, as "none escaped" is informative.</summary>
    internal static PlotDrawing Words(RolePairTimeline timeline, TimeScale time, PlotDetail detail)
    {
        var hasOthers = timeline.Flows.Columns.Any(column => column.Sums.Any(sum => sum.Key.Word is null));
        var lanes = WordLook.All.Where(word => word is not null || hasOthers).Select(word =>
            new ColumnLane<VerdictWord>(WordLook.TextOf(word), value => value.Word == word,
                new PlotMark($"{WordLook.ClassOf(word)} filled", "", WordLook.HatchOf(word)),
                WordLook.MeaningOf(word)));
        return new ColumnDrawing<VerdictWord>([.. lanes], flows => Quantity.Of(flows, "flow"), detail)
            .Of(timeline.Flows, time, Quantity.Count,
                ("Flows over time, by what became of them", "flows that began", "by the time they began"));
    }

    private static PlotDrawing Flows(RolePairTimeline timeline, TimeScale time, PlotDetail detail)
    {
        var verdicts = timeline.Flows.Columns.SelectMany(column => column.Sums).Select(sum => sum.Key.Verdict)
            .Distinct().Order();
        var lanes = verdicts.Select(verdict => new ColumnLane<VerdictWord>(
            verdict.ToText(), value => value.Verdict == verdict,
            new PlotMark($"{VerdictLook.ClassOf(verdict)} filled", "", VerdictLook.HatchOf(verdict))));
        return new ColumnDrawing<VerdictWord>([.. lanes], flows => Quantity.Of(flows, "flow"), detail)
            .Of(timeline.Flows, time, Quantity.Count,
                ("Flows over time, by verdict", "flows that began", "by the time they began"));
    }

    private static PlotDrawing Bytes(RolePairTimeline timeline, TimeScale time, PlotDetail detail)
    {
        var byBytes = timeline.Bytes.Columns.SelectMany(column => column.Sums)
            .GroupBy(sum => sum.Key, sum => sum.Value)
            .OrderByDescending(group => group.Sum())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToList();
        var shown = byBytes.Take(MaximumProtocols).ToList();
        var lanes = shown.Select((protocol, index) => new ColumnLane<string>(
            protocol, value => value == protocol,
            new PlotMark($"{PlotHatches.ProtocolClass(index)} filled", "", ProtocolHatches[index])));
        if (byBytes.Count > MaximumProtocols)
            lanes = lanes.Append(
                new ColumnLane<string>($"{Quantity.Of(byBytes.Count - MaximumProtocols, "other protocol")}",
                    value => !shown.Contains(value), new PlotMark($"{OtherClass} filled", "", OtherHatch)));
        return new ColumnDrawing<string>([.. lanes], Quantity.Bytes, detail).Of(timeline.Bytes, time,
            AmountScale.Bytes, ("Bytes over time, by protocol", "bytes in both directions", "in both directions"));
    }
}

/// <summary>How much of a plot is drawn: a page with many of them has to stay small.</summary>
/// <param name="WithHints">True to give marks tooltips.</param>
/// <param name="MaximumDots">Dots at most; those that are closest are joined.</param>
internal readonly record struct PlotDetail(bool WithHints, int MaximumDots)
{
    public static readonly PlotDetail Full = new(true, int.MaxValue);

    /// <summary>Height of the upright axis of columns and ports, in pixels; null for that of a page.</summary>
    public double? Height { get; init; }

    /// <summary>Pixels that a column is wide at least, with the air around it; null for as few as can be seen. What is
    /// narrower is joined.</summary>
    public double? NarrowestColumn { get; init; }
}

/// <summary>What a plot of a pair of roles shows.</summary>
internal enum PlotKind
{
    /// <summary>Flows over time by what became of them.</summary>
    Words,

    /// <summary>Flows over time by verdict.</summary>
    Flows,

    /// <summary>Responder ports over time.</summary>
    Ports,

    /// <summary>Bytes over time by protocol.</summary>
    Bytes,

    /// <summary>Flows by the time that their answer took, by protocol.</summary>
    Delays,
}

/// <summary>The names of <see cref="PlotKind"/> in file names.</summary>
internal static class PlotKindText
{
    public static string ToText(this PlotKind kind) => kind switch
    {
        PlotKind.Words => "words",
        PlotKind.Flows => "flows",
        PlotKind.Ports => "ports",
        PlotKind.Bytes => "bytes",
        PlotKind.Delays => "delays",
    };
}
