using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Text;

/// <summary>What the captures hold and what they lost, in numbers. An empty line has nothing to say.</summary>
internal static class TrafficLines
{
    /// <summary>VLANs, tunnels and link types that a line names at most; JSON lists them all, up to its own
    /// limits.</summary>
    private const int MaximumNames = 12;

    /// <summary>How many packets, and how many of them are less, or more, than what passed.</summary>
    public static string Packets(PointSummary total, CoverageShares shares)
    {
        var cut = total.CutPackets == 0
            ? "none cut by the snap length"
            : $"{Quantity.Count(total.CutPackets)}{Share.InParentheses(shares.Cut)} cut by the snap length";
        var headers =
            total.HeadersCut == 0 ? "" : $", {Quantity.Count(total.HeadersCut)} of them before addresses and ports";
        var repeated = total.Duplicates == 0
            ? ""
            : $", {Quantity.Count(total.Duplicates)}{Share.InParentheses(shares.Duplicate)} recorded more than once";
        return $"{Quantity.Count(total.Packets)} ({Quantity.Bytes(total.Bytes)} on the wire), {cut}{headers}{repeated}";
    }

    /// <summary>What was lost: as the captures say, and as TCP proves.</summary>
    public static IReadOnlyList<string> Loss(ImmutableArray<CaptureSummary> captures, PointSummary total)
    {
        if (total.Packets + total.Dropped == 0)
            return [];
        var silent = captures.Count(capture => capture.Annotations.Dropped is null);
        var reported = silent == captures.Length ? "the captures do not say how many packets they lost"
            : total.Dropped == 0 ? "none reported"
            : $"{Quantity.Of(total.Dropped, "packet")} reported lost before being recorded";
        if (silent > 0 && silent < captures.Length)
            reported += $"; {Quantity.Of(silent, "capture")} {(silent == 1 ? "does" : "do")} not say";
        var gaps = total.Streams.Gaps == 0 ? "" : $"{Quantity.Of(total.Streams.Gaps, "gap")} in TCP streams "
            + $"({Quantity.Bytes(total.Streams.GapBytes)}) that the receiver acknowledged and no capture holds";
        return gaps.Length == 0 ? [reported] : [reported, gaps];
    }

    /// <summary>How many flows, how many without those that are recorded twice, and what of them was seen in part
    /// only.</summary>
    public static string Flows(AuditReport report)
    {
        var coverage = report.Coverage;
        var different = report.FlowsJudged == coverage.Flows ? ""
            : $" recorded, {Quantity.Count(report.FlowsJudged)} "
                + (report.Selection is { Flows.IsNone: false } ? "selected" : "different");
        return $"{Quantity.Count(coverage.Flows)}{different}, {OneWay(coverage.OneWayFlows, coverage.Shares)}";
    }

    public static string OneWay(long flows, CoverageShares shares) =>
        $"{Quantity.Count(flows)}{(flows == 0 ? "" : Share.InParentheses(shares.OneWay))} seen in one direction only";

    /// <summary>How many flows are encrypted as far as bytes prove it.</summary>
    public static string Encrypted(CoverageShares shares, ObservationSummary observation)
    {
        var total = observation.Total;
        var parts = new List<string>();
        if (total.EncryptedFlows > 0)
            parts.Add($"{Quantity.Of(total.EncryptedFlows, "flow")}{Share.InParentheses(shares.EncryptedFlows)} with "
                + $"{Quantity.Bytes(total.EncryptedBytes)}{Share.InParentheses(shares.EncryptedBytes)}, proved by "
                + $"bytes");
        if (observation.FramesStoppedBy(DecodeReason.Encrypted) is > 0 and var frames)
            parts.Add($"{Quantity.Of(frames, "frame")} below IP");
        return string.Join("; ", parts);
    }

    public static string Links(ImmutableArray<LinkCount> links) =>
        Named(links.Select(link => $"{NameOf(link.LinkType)}: {Quantity.Of(link.Packets, "packet")}"), links.Length);

    public static string Breakdown(FlowBreakdown breakdown)
    {
        var rest = breakdown.NotListed.Flows == 0
            ? ""
            : $"; {Quantity.Of(breakdown.NotListed.Flows, "flow")} of others beyond the limit";
        return Named(breakdown.Listed.Select(sum => $"{sum.Name}: {Quantity.Of(sum.Flows, "flow")}, "
            + $"{Quantity.Of(sum.Packets, "packet")}"), breakdown.Listed.Length) + rest;
    }

    /// <summary>What of TCP did not come once and in order.</summary>
    public static string Tcp(StreamCounters streams) => Counted(
        (streams.Retransmissions, "retransmission", "retransmissions"),
        (streams.OutOfOrder, "segment overtaken", "segments overtaken"),
        (streams.Jumps, "segment behind a hole", "segments behind a hole"),
        (streams.KeepAlives, "keep-alive", "keep-alives"),
        (streams.WindowProbes, "window probe", "window probes"));

    /// <summary>Control channels that announce ports, and how far they could be read.</summary>
    public static string Channels(
        ObservationSummary observation) => string.Join("; ", observation.ControlChannels.Select(channel =>
    {
        var parts = new List<string> { Quantity.Of(channel.Flows, "flow"),
            Quantity.Of(channel.Announcements, "port") + " announced" };
        if (channel.Hidden > 0)
            parts.Add($"{Quantity.Count(channel.Hidden)} hidden by encryption");
        if (channel.NotRead > 0)
            parts.Add($"{Quantity.Of(channel.NotRead, "message")} beyond a limit");
        if (channel.Skipped > 0)
            parts.Add($"{Quantity.Count(channel.Skipped)} not followed because a limit was reached");
        return $"{channel.Protocol}: {string.Join(", ", parts)}";
    }));

    public static string Fragments(FragmentCounts fragments) => Counted(
        (fragments.Reassembled, "datagram put together", "datagrams put together"),
        (fragments.Incomplete, "incomplete", "incomplete"),
        (fragments.Overlapping, "with overlaps, not trusted", "with overlaps, not trusted"),
        (fragments.Evicted, "given up early because the table was full", "given up early because the table was full"),
        (fragments.Unassigned, "frame in no flow", "frames in no flow"));

    /// <summary>How many addresses have names that were seen on the way, and on what these rest.</summary>
    public static string Names(SeenNames names)
    {
        if (names.All.IsEmpty)
            return "";
        var grounds = names.All.GroupBy(name => name.Basis).OrderBy(group => group.Key)
            .Select(group => $"{group.Key.ToText()} {Quantity.Count(group.Count())}");
        var addresses = Quantity.Of(names.Addresses, "address", "addresses");
        return $"{Quantity.Of(names.All.Length, "name")} of {addresses} seen on the way: {string.Join(", ", grounds)}";
    }

    private static string NameOf(LinkType link) => link.Name ?? $"link type {link}";

    private static string Named(IEnumerable<string> names, int number)
    {
        var shown = string.Join("; ", names.Take(MaximumNames));
        return number <= MaximumNames ? shown : $"{shown}; and {Quantity.Count(number - MaximumNames)} more";
    }

    private static string Counted(params (long Number, string One, string Many)[] counts) => string.Join(
        ", ", counts.Where(count => count.Number > 0)
            .Select(count => Quantity.Of(count.Number, count.One, count.Many)));
}
