using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Html.Plots;

/// <summary>The plots of a pair of roles. All have one time axis.</summary>
internal static class PairPlots
{
    /// <summary>Protocols that a plot tells apart; the rest, those with the fewest bytes, are one.</summary>
    private const int MaximumProtocols = 6;

    private static readonly ImmutableArray<string?> ProtocolHatches = [null, "hatch-rising", "hatch-level", null, "hatch-falling", "hatch-dots"];

    /// <summary>The plots, in the order in which a page shows them.</summary>
    /// <param name="timeline">When what happened.</param>
    /// <param name="dynamicRanges">Ranges of rules whose ports are announced.</param>
    public static IEnumerable<(PlotKind Kind, PlotDrawing Drawing)> Of(RolePairTimeline timeline, ImmutableArray<PortRange> dynamicRanges)
    {
        var time = TimeScale.Of(timeline, PlotDrawing.Left, PlotDrawing.Right);
        if (!timeline.Flows.Columns.IsEmpty)
            yield return (PlotKind.Flows, Flows(timeline, time));
        if (!timeline.Ports.Dots.IsEmpty)
            yield return (PlotKind.Ports, PortDrawing.Of(timeline.Ports, time, dynamicRanges));
        if (!timeline.Bytes.Columns.IsEmpty)
            yield return (PlotKind.Bytes, Bytes(timeline, time));
    }

    private static PlotDrawing Flows(RolePairTimeline timeline, TimeScale time)
    {
        var verdicts = timeline.Flows.Columns.SelectMany(column => column.Sums).Select(sum => sum.Key).Distinct().Order();
        var lanes = verdicts.Select(verdict => new ColumnLane<Verdict>(
            verdict.ToText(), value => value == verdict, new PlotMark($"{VerdictLook.ClassOf(verdict)} filled", "", VerdictLook.HatchOf(verdict))));
        return new ColumnDrawing<Verdict>([.. lanes], flows => Quantity.Of(flows, "flow"))
            .Of(timeline.Flows, time, Quantity.Count, ("Flows over time, by verdict", "flows that began"));
    }

    private static PlotDrawing Bytes(RolePairTimeline timeline, TimeScale time)
    {
        var byBytes = timeline.Bytes.Columns.SelectMany(column => column.Sums)
            .GroupBy(sum => sum.Key, sum => sum.Value)
            .OrderByDescending(group => group.Sum())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToList();
        var shown = byBytes.Take(MaximumProtocols).ToList();
        var lanes = shown.Select((protocol, index) => new ColumnLane<string>(
            protocol, value => value == protocol, new PlotMark(string.Create(CultureInfo.InvariantCulture, $"p{index} filled"), "", ProtocolHatches[index])));
        if (byBytes.Count > MaximumProtocols)
            lanes = lanes.Append(new ColumnLane<string>($"{Quantity.Of(byBytes.Count - MaximumProtocols, "other protocol")}", value => !shown.Contains(value), new PlotMark("p-other filled", "", "hatch-upright")));
        return new ColumnDrawing<string>([.. lanes], Quantity.Bytes).Of(timeline.Bytes, time, AmountScale.Bytes, ("Bytes over time, by protocol", "bytes in both directions"));
    }
}

/// <summary>What a plot of a pair of roles shows.</summary>
internal enum PlotKind
{
    /// <summary>Flows over time by verdict.</summary>
    Flows,

    /// <summary>Responder ports over time.</summary>
    Ports,

    /// <summary>Bytes over time by protocol.</summary>
    Bytes,
}

/// <summary>The names of <see cref="PlotKind"/> in file names.</summary>
internal static class PlotKindText
{
    /// <summary>The name.</summary>
    public static string ToText(this PlotKind kind) => kind switch
    {
        PlotKind.Flows => "flows",
        PlotKind.Ports => "ports",
        _ => "bytes",
    };
}
