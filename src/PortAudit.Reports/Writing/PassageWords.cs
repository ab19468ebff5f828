using System.Globalization;
using PortAudit.Audit.Passages;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Writing;

/// <summary>What a device did to connections, in words.</summary>
internal static class PassageWords
{
    /// <summary>A short time with the digits that matter: <c>38 µs</c>, <c>4.21 ms</c>, <c>0.4212 s</c>.</summary>
    public static string Time(long ns)
    {
        var text = Math.Abs(ns) switch
        {
            < 1_000_000 => $"{Math.Abs(ns) / 1e3:0.###} µs",
            < 100_000_000 => $"{Math.Abs(ns) / 1e6:0.00} ms",
            _ => $"{Math.Abs(ns) / 1e9:#,0.0000} s",
        };
        return ns < 0 ? $"-{text}" : text;
    }

    public static string Clock(PassageReport report)
    {
        var clock = report.Clock;
        return clock.Fit switch
        {
            ClockFit.None => "not known: no packet was recorded at both points",
            ClockFit.OneBound => "not known: packets of one direction only were recorded at both points",
            ClockFit.Constant => $"{Difference(report, clock.Windows[0])} {Width(clock.Windows[0])}",
            ClockFit.Drift => string.Create(CultureInfo.InvariantCulture, $"at first {Difference(report,
                clock.Windows[0])} {Width(clock.Windows[0])}; the difference grows by "
                + $"{clock.DriftPerSecond / 1000:0.###} µs a second"),
            ClockFit.Windows => Windows(report),
        };
    }

    /// <summary>Time that packets took, or that the clocks do not give it.</summary>
    public static string Delay(PassageDelay delay) => delay.IsBelowClock
        ? $"below the clock uncertainty of {Time(delay.HalfWidthNs)}, over {Quantity.Of(delay.Packets, "packet")}"
        : $"median {Time(delay.MedianNs)}, 95 % below {Time(delay.P95Ns)}, over {Quantity.Of(delay.Packets, "packet")} "
            + $"(clock uncertainty {Time(delay.HalfWidthNs)})";

    public static string Change(PassageChange change)
    {
        var whose = change.IsOut ? "of the originator" : "of the responder";
        var what = change.Kind switch
        {
            ChangeKind.SequenceNumber => "initial sequence number",
            ChangeKind.MaximumSegmentSize => "maximum segment size",
            ChangeKind.WindowScale => "window scale",
            ChangeKind.SelectiveAcknowledgments => "selective acknowledgments",
            ChangeKind.Timestamps => "TCP timestamps",
            ChangeKind.HopLimit => "TTL",
            ChangeKind.Content => "content of messages",
        };
        return change.From.Length == 0 && change.To.Length == 0
            ? $"{what} {whose} changed"
            : $"{what} {whose}: {change.From} -> {change.To}";
    }

    public static string Endpoints(FlowRecord flow) => $"{flow.Transport} {flow.Originator} -> {flow.Responder}";

    /// <summary>The hosts of connections of one originator, without ports.</summary>
    public static string Hosts(IReadOnlyList<FlowRecord> flows)
    {
        var responders = flows.Select(flow => flow.Responder.Address).Distinct().ToList();
        var to = responders is [var only] ? only.ToString() : Quantity.Of(responders.Count, "host");
        return $"{flows[0].Transport} {flows[0].Originator.Address} -> {to}";
    }

    /// <summary>Ports of connections: a few by number, many counted.</summary>
    public static string Ports(IEnumerable<ushort> ports)
    {
        const int maximumNamed = 5;
        List<ushort> distinct = [.. ports.Distinct().Order()];
        var named = string.Join(", ", distinct.Take(maximumNamed)
            .Select(port => port.ToString(CultureInfo.InvariantCulture)));
        return distinct.Count switch
        {
            1 => $"port {named}",
            <= maximumNamed => $"ports {named}",
            _ => $"ports {named} and {Quantity.Count(distinct.Count - maximumNamed)} more",
        };
    }

    private static string Difference(PassageReport report, ClockWindow window)
    {
        var ns = (window.LowestNs / 2) + (window.HighestNs / 2);
        return ns == 0 ? $"{report.First} and {report.Second} show the same time"
            : $"{report.Second} is {(ns > 0 ? "ahead of" : "behind")} {report.First} by {Time(Math.Abs(ns))}";
    }

    private static string Width(ClockWindow window) =>
        $"± {Time((window.HighestNs - window.LowestNs) / 2)}";

    private static string Windows(PassageReport report)
    {
        var sound = report.Clock.Windows.Where(window => window.LowestNs <= window.HighestNs).ToList();
        var odd = report.Clock.Windows.Length - sound.Count;
        var text = $"neither a constant difference nor a constant drift fits; "
            + $"{Quantity.Of(sound.Count, "interval")} of five minutes, each with its own difference";
        if (sound.Count > 0)
            text += $": {Time(sound.Min(Middle))} to {Time(sound.Max(Middle))}, each "
                + $"± {Time(sound.Max(window => (window.HighestNs - window.LowestNs) / 2))} or better";
        return odd == 0 ? text : $"{text}; in {Quantity.Of(odd, "other")} a clock was set";
    }

    private static long Middle(ClockWindow window) => (window.LowestNs / 2) + (window.HighestNs / 2);
}
