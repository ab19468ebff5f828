using System.Globalization;
using PortAudit.Traffic;

namespace PortAudit.Cli;

/// <summary>What the log says of captures for which there is no report: a line each.</summary>
internal static class ObservationNotes
{
    /// <summary>VLANs and tunnels that a line names at most.</summary>
    private const int MaximumNames = 8;

    /// <summary>What makes a list of flows less than what crossed.</summary>
    public static IEnumerable<string> Losses(ObservationSummary observation)
    {
        var total = observation.Total;
        if (total.Dropped > 0)
            yield return $"{Number(total.Dropped)} packets were lost before they were recorded, as the captures report: flows may be missing";
        if (observation.FlowsEvicted > 0)
            yield return $"{Number(observation.FlowsEvicted)} flows were closed early because the flow table was full: long flows may be listed in parts";
        if (observation.IdentificationsSkipped > 0)
            yield return $"the protocol of {Number(observation.IdentificationsSkipped)} conversations was not looked for because the buffers were full";
        if (observation.PacketsOfOtherTunnels > 0)
            yield return $"{Number(observation.PacketsOfOtherTunnels)} packets of tunnels are not told apart because there were too many tunnels";
    }

    /// <summary>What the captures hold, and how well.</summary>
    public static IEnumerable<string> Contents(ObservationSummary observation)
    {
        var total = observation.Total;
        var drops = observation.Captures.Any(capture => capture.Annotations.Dropped is not null) ? Number(total.Dropped) : "unknown";
        yield return $"{Number(total.Packets)} packets, {Number(total.Bytes)} bytes; lost: {drops}, cut: {Number(total.CutPackets)}, recorded more than once: {Number(total.Duplicates)}";
        yield return $"{Number(total.Flows)} flows, {Number(total.EncryptedFlows)} of them encrypted as their bytes prove";
        yield return $"TCP: {Number(total.Streams.Gaps)} gaps of {Number(total.Streams.GapBytes)} bytes, {Number(total.Streams.Retransmissions)} retransmissions, {Number(total.Streams.OutOfOrder)} segments out of order";
        yield return $"links: {Names(observation.Links.Select(link => $"{link.LinkType}: {Number(link.Packets)} packets"), observation.Links.Length)}";
        foreach (var (title, breakdown) in new[] { ("VLANs", observation.Vlans), ("tunnels", observation.Tunnels) })
        {
            if (!breakdown.Listed.IsEmpty)
                yield return $"{title}: {Names(breakdown.Listed.Select(sum => $"{sum.Name}: {Number(sum.Packets)} packets"), breakdown.Listed.Length)}";
        }
    }

    private static string Names(IEnumerable<string> names, int count) =>
        string.Join("; ", names.Take(MaximumNames)) + (count > MaximumNames ? $"; and {Number(count - MaximumNames)} more" : "");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
