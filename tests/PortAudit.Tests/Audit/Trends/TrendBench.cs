using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Trends;

/// <summary>
/// Flows of days after Monday, 2026-11-02, that one capture a day shows whole. Clients (10.2.0.0/16) may reach port 443
/// of internal (10.0.0.0/16); all else escapes.
/// </summary>
internal sealed class TrendBench
{
    public const long Day = 24 * Hour;
    public const long Hour = 3_600 * FlowSample.Second;

    /// <summary>2026-11-02 00:00:00 UTC.</summary>
    public const long Monday = 1_793_577_600 * FlowSample.Second;

    private readonly List<CaptureSummary> _captures = [];
    private readonly List<FlowRecord> _flows = [];

    /// <summary>Captures of whole days.</summary>
    public TrendBench(params int[] days)
    {
        foreach (var day in days)
            Watch(Monday + (day * Day), Monday + (day * Day) + Day - 1);
    }

    public TrendPeriod By { get; init; } = TrendPeriod.Day;

    public AuditBench Bench { get; } = new(RuleSample.Of("web client fe tcp 443 - any"));

    public ImmutableArray<FlowRecord> Flows => [.. _flows];

    /// <summary>Adds a capture of a point.</summary>
    public TrendBench Watch(long fromNs, long toNs, string point = "", long silenceNs = Hour, LogSource? log = null)
    {
        _captures.Add(new CaptureSummary($"{_captures.Count}.pcap", "pcap", 50, fromNs, toNs, 6, [],
            new CaptureEnd(CaptureEndKind.Complete, 0, ""))
        {
            Points = [point],
            Clock = new CaptureClock(0, 0, silenceNs),
            Log = log,
        });
        return this;
    }

    /// <summary>Adds flows on a day, spread over its 24 hours.</summary>
    public TrendBench Add(int day, int flows, string line = "10.2.0.9:50000 tcp 10.0.0.1:443", string? protocol = null,
        string point = "", Outcome outcome = Outcome.Established)
    {
        for (var i = 0; i < flows; i++)
        {
            var flow = FlowSample.Of(line).Ending(outcome).On(point);
            var start = Monday + (day * Day) + (i * (Day / flows)) + FlowSample.Second;
            flow = protocol is null ? flow : flow.Proving(protocol);
            _flows.Add(flow with
            {
                StartNs = start,
                EndNs = start + FlowSample.Second,
                Id = FlowSample.Mix(flow.Id, $"{day} {i} {protocol}"),
            });
        }

        return this;
    }

    public TrendBench Add(FlowRecord flow)
    {
        _flows.Add(flow);
        return this;
    }

    public ObservationSummary Observation => AuditBench.ObservationOf(TimeSpan.FromHours(1)) with
    {
        Captures = [.. _captures],
        Points =
        [
            .. _captures.GroupBy(capture => capture.Points[0], StringComparer.Ordinal)
                .OrderBy(point => point.Key, StringComparer.Ordinal)
                .Select(point => new PointSummary(point.Key, 100, 10_000, 0, point.Min(capture => capture.FirstNs),
                    point.Max(capture => capture.LastNs), [])),
        ],
    };

    public AuditReport Report()
    {
        (Bench.By, Bench.Observation) = (By, Observation);
        return Bench.Run(_flows);
    }

    public TrafficTrend Trend() => Report().Trend!;

    /// <summary>The changes as <c>new escaped tcp 22 11-05 3</c>.</summary>
    public IEnumerable<string> Changes()
    {
        var trend = Trend();
        return trend.Changes.Select(change => $"{change.Kind.ToText()} {change.Word} {change.Service.Socket} "
            + $"{trend.Periods[change.Period].First:MM-dd} {change.Flows}");
    }
}
