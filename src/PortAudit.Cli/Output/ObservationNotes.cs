using System.Globalization;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Output;

/// <summary>What the log says of captures for which there is no report: a line each.</summary>
internal static class ObservationNotes
{
    /// <summary>Link types, VLANs and tunnels that a line names at most.</summary>
    private const int MaximumNames = 8;

    /// <summary>What makes a list of flows less than what crossed.</summary>
    public static IEnumerable<string> Losses(ObservationSummary observation)
    {
        if (observation.Points.Any(point => point.Dropped > 0))
            yield return $"{Number(observation.Total.Dropped)} packets were lost before they were recorded, as the "
                + "captures report: flows may be missing";
        if (observation.FlowsEvicted > 0)
            yield return $"{Number(observation.FlowsEvicted)} flows were closed early because the flow table was full: "
                + "long flows may be listed in parts";
        if (observation.IdentificationsSkipped > 0)
            yield return $"the protocol of {Number(observation.IdentificationsSkipped)} conversations was not "
                + $"identified because the buffers were full";
        if (observation.FlowsNotTraced > 0)
            yield return $"{Number(observation.FlowsNotTraced)} flows are compared by addresses and time alone because "
                + "too many were under way";
        if (observation.PacketsOfOtherTunnels > 0)
            yield return $"{Number(observation.PacketsOfOtherTunnels)} packets of tunnels are not separated because "
                + "there were too many tunnels";
    }

    public static IEnumerable<string> Contents(ObservationSummary observation)
    {
        var total = observation.Total;
        var drops = observation.Captures.Any(capture => capture.Annotations.Dropped is not null)
            ? Number(total.Dropped)
            : "unknown";
        yield return $"packets: {Number(total.Packets)} ({Number(total.Bytes)} bytes), lost: {drops}, cut: "
            + $"{Number(total.CutPackets)}, recorded more than once: {Number(total.Duplicates)}";
        yield return $"flows: {Number(total.Flows)}, encrypted as their bytes prove: {Number(total.EncryptedFlows)}";
        yield return $"TCP gaps: {Number(total.Streams.Gaps)} ({Number(total.Streams.GapBytes)} bytes), "
            + $"retransmissions: {Number(total.Streams.Retransmissions)}, out of order: "
            + $"{Number(total.Streams.OutOfOrder)}";
        var links = observation.Links;
        yield return "packets by link type: "
            + Names(links.Select(link => $"{link.LinkType}: {Number(link.Packets)}"), links.Length);
        foreach (var (title, breakdown) in new[] { ("VLAN", observation.Vlans), ("tunnel", observation.Tunnels) })
        {
            var listed = breakdown.Listed;
            if (!listed.IsEmpty)
                yield return $"packets by {title}: "
                    + Names(listed.Select(sum => $"{sum.Name}: {Number(sum.Packets)}"), listed.Length);
        }
    }

    private static string Names(IEnumerable<string> names, int count) =>
        string.Join("; ", names.Take(MaximumNames))
        + (count > MaximumNames ? $"; and {Number(count - MaximumNames)} more" : "");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
