using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>Captures of some days at capture points, with a firewall between the segments of the bench.</summary>
internal static class WatchSample
{
    public const long Hour = 3_600_000_000_000;

    /// <summary>A time in UTC: <c>05-31 23:00</c> of 2024.</summary>
    public static long Ns(string time) => (DateTime.ParseExact($"2024-{time}", "yyyy-MM-dd HH:mm",
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
        - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>A flow that begins at a time.</summary>
    public static FlowRecord Begun(this FlowRecord flow, string time) =>
        flow with { StartNs = Ns(time), EndNs = Ns(time) + 1 };

    /// <summary>Captures as <c>POINT|FROM|TO</c>, each with a longest silence.</summary>
    public static ObservationSummary Captures(long silenceNs, params string[] lines)
    {
        var captures = lines.Select((line, index) =>
        {
            var words = line.Split('|');
            return new CaptureSummary($"{index + 1}.pcap", "pcap", 9, Ns(words[1]), Ns(words[2]), 6, [],
                new CaptureEnd(CaptureEndKind.Complete, 0, ""))
            {
                Points = [.. words[0].Split(',')],
                Clock = new CaptureClock(0, 0, silenceNs),
            };
        }).ToList();
        return AuditBench.ObservationOf(TimeSpan.Zero) with
        {
            Captures = [.. captures],
            Points =
            [
                .. captures.SelectMany(capture => capture.Points.Select(point => (point, capture)))
                    .GroupBy(entry => entry.point, entry => entry.capture, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new PointSummary(group.Key, 9, 900, 0, group.Min(capture => capture.FirstNs),
                        group.Max(capture => capture.LastNs), []) { Clock = new CaptureClock(0, 0, silenceNs) }),
            ],
        };
    }

    /// <summary>A bench with a firewall that drops everything.</summary>
    public static AuditBench Bench(ObservationSummary observation) =>
        new(RuleSample.Required("web client fe tcp 443 - any"))
        {
            Observation = observation,
            Policies = [ReviewSample.Bound(Forwarding(Default(PolicyAction.Drop)))],
        };

    /// <summary>What the days of captures without a silence brought.</summary>
    public static WatchedDays Watched(string[] captures, params IEnumerable<FlowRecord> flows) =>
        Bench(Captures(0, captures)).Run(flows).Watched!;
}
