using PortAudit.Audit;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>Says which part of the captures a result is limited to, in sentences.</summary>
public static class SelectionText
{
    /// <summary>The sentences; none for a result about all of the captures.</summary>
    public static IEnumerable<string> Of(CaptureSelection? selection)
    {
        if (selection is null)
            yield break;
        var (packets, leftOut) = (selection.Packets, selection.PacketsLeftOut);
        if (selection.IsOfStore)
            yield return $"Of the store, only flows that start {Window(packets.SinceNs, packets.UntilNs)} were read, "
                + $"{Quantity.Of(selection.RowsLeftOut, "flow")} not; packets and losses are those of whole captures.";
        else if (packets.SinceNs is not null || packets.UntilNs is not null)
            yield return $"Only packets {Window(packets.SinceNs, packets.UntilNs)} were read, "
                + $"{Quantity.Of(leftOut.ByTime, "packet")} not.";
        if (selection is { IsOfStore: false, RowsLeftOut: > 0 })
            yield return $"Of flow logs, only flows that start in this time were read, "
                + $"{Quantity.Of(selection.RowsLeftOut, "flow")} not.";
        if (packets.Filter is { } filter)
            yield return $"Only packets that the filter \"{filter}\" takes were read, "
                + $"{Quantity.Of(leftOut.ByFilter, "packet")} not; an answer that it excludes looks missing.";
        if (!selection.Flows.IsNone)
            yield return $"Only flows of {Criteria(selection)} were selected, "
                + $"{Quantity.Of(selection.FlowsLeftOut, "other")} left out.";
    }

    /// <summary>What an empty result says: that nothing is in the selection.</summary>
    public static string Empty(CaptureSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return $"No flow is in the selection. {string.Join(' ', Of(selection))}";
    }

    private static string Criteria(CaptureSelection selection) => string.Join(" and ", selection.Flows.Texts);

    private static string Window(long? sinceNs, long? untilNs) => (sinceNs, untilNs) switch
    {
        ({ } since, { } until) => $"since {Time(since)} and before {Time(until)}",
        ({ } since, null) => $"since {Time(since)}",
        (null, { } until) => $"before {Time(until)}",
        (null, null) => "",
    };

    private static string Time(long timestampNs) =>
        ReportTime.Format(timestampNs, timestampNs % 1_000 == 0
            ? ReportTime.MicrosecondDigits
            : ReportTime.NanosecondDigits);
}
