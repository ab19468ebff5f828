using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Timelines;

/// <summary>When what happened between two roles.</summary>
internal sealed class PairTimeline : IPairTally<PairTimeline>
{
    /// <summary>Flows listed of a pair of roles, those with the most bytes.</summary>
    public const int MaximumLargest = 200;

    /// <summary>The lane of bytes whose protocol is not known.</summary>
    private const string Unknown = "unknown";

    private static readonly Comparer<JudgedFlow> BySize = Comparer<JudgedFlow>.Create((a, b) =>
    {
        var order = b.Bytes.CompareTo(a.Bytes);
        if (order == 0)
            order = a.Flow.StartNs.CompareTo(b.Flow.StartNs);
        return order != 0 ? order : a.Flow.Id.CompareTo(b.Flow.Id);
    });

    private readonly TimeSeries<(Verdict Verdict, Disposition Disposition)> _flows = new();
    private readonly TimeSeries<string> _bytes = new();
    private readonly PortCloud _ports = new();
    private readonly DelayHistogram _delays = new();
    private readonly BottomKSet<JudgedFlow> _largest = new(MaximumLargest, BySize);

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _flows.Add(flow.StartNs, (judgement.Verdict, Silence.DispositionOf(judgement)), 1);
        AddBytes(flow);
        if (flow.Outcome == Outcome.Established && flow.Answer.Ns is { } delayNs)
            _delays.Add(LaneOf(flow), delayNs);
        _largest.Add(new JudgedFlow(flow with { ByteTimes = null }, judgement.Verdict));
        if (flow.Transport.HasPorts)
            _ports.Add(flow, judgement.Verdict);
    }

    public void UnionWith(PairTimeline other, Verdict? verdict)
    {
        _flows.UnionWith(other._flows, verdict is { } given ? lane => (given, lane.Disposition) : null);
        _bytes.UnionWith(other._bytes);
        _ports.UnionWith(other._ports, verdict);
        _delays.UnionWith(other._delays);
        if (verdict is null)
            _largest.UnionWith(other._largest);
        else
        {
            foreach (var flow in other._largest.Kept)
                _largest.Add(flow with { Verdict = verdict.Value });
        }
    }

    public void Persist(StateArchive archive)
    {
        _flows.Persist(archive, static (archive, lane) => (archive.Word(lane.Verdict), archive.Word(lane.Disposition)),
            Comparer<(Verdict, Disposition)>.Default);
        _bytes.Persist(archive, StateValues.Text, StringComparer.Ordinal);
        _ports.Persist(archive);
        _delays.Persist(archive);
        _largest.Persist(archive,
            static (archive, flow) => new JudgedFlow(archive.Flow(flow?.Flow), archive.Word(flow?.Verdict ?? default)));
    }

    public RolePairTimeline ToRow(string from, string to) => new(
        from, to, _flows.ToPlot(WordOf, VerdictWord.Order), _bytes.ToPlot(StringComparer.Ordinal),
        _ports.ToPlot(), _delays.ToPlot(), [.. _largest.Kept]);

    /// <summary>Adds bytes when they passed. Where that is not known, they are spread over the flow's
    /// duration.</summary>
    private void AddBytes(FlowRecord flow)
    {
        var lane = LaneOf(flow);
        if (flow.ByteTimes is not { } times)
        {
            _bytes.Spread(flow.StartNs, flow.EndNs, lane, flow.Out.Bytes + flow.In.Bytes);
            return;
        }

        foreach (var sum in times.Sums)
            _bytes.Add(sum.Bucket, times.Level, lane, sum.Bytes);
    }

    private static VerdictWord WordOf((Verdict Verdict, Disposition Disposition) lane) =>
        new(lane.Verdict, FlowWords.Of(lane.Verdict, lane.Disposition));

    /// <summary>The protocol, and what is inside TLS where it is one of the registry: names that only the traffic knows
    /// would have no end.</summary>
    private static string LaneOf(FlowRecord flow)
    {
        if (flow.Protocol is not { } protocol)
            return Unknown;
        return flow.Service is { } service && service != protocol && ProtocolRegistry.Find(service) is not null
            ? $"{protocol}/{service}"
            : protocol;
    }
}
