using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Holds flows back that got no answer shortly before the latest row so far: if the log of their capture point
/// goes on, they had time for one, else it ended too early to say. The order of rows and files does not
/// matter.</summary>
/// <param name="sink">Receives every flow once.</param>
internal sealed class OpenAttempts(Action<FlowRecord> sink)
{
    /// <summary>Flows held back at most, of all points together: a fast scan makes some ten thousand in the time of an
    /// answer.</summary>
    public const int Maximum = 100_000;

    private readonly Dictionary<string, Point> _points = new(StringComparer.Ordinal);
    private int _held;

    /// <summary>Flows handed on as undecided because too many were held back.</summary>
    public long Undecided { get; private set; }

    /// <summary>Adds a flow that is decided, or that time decides.</summary>
    /// <param name="flow">The flow, with the outcome that it has if there was time.</param>
    /// <param name="early">Its outcome if there was none.</param>
    public void Add(FlowRecord flow, Outcome early)
    {
        if (!_points.TryGetValue(flow.CapturePoint, out var point))
            _points.Add(flow.CapturePoint, point = new Point());
        point.LatestNs = Math.Max(point.LatestNs, flow.EndNs);
        Release(point);
        if (early == flow.Outcome || HadTime(point, flow))
            sink(flow);
        else if (_held < Maximum)
            Hold(point, flow, early);
        else
        {
            Undecided++;
            sink(flow with { Outcome = early });
        }
    }

    /// <summary>Hands on what is left: the logs ended.</summary>
    public void Complete()
    {
        foreach (var point in _points.Values)
        {
            Release(point);
            while (point.Held.TryDequeue(out var held, out _))
                sink(held.Flow with { Outcome = held.Early });
        }

        _held = 0;
    }

    private static bool HadTime(Point point, FlowRecord flow) =>
        point.LatestNs - flow.EndNs is >= IdleTimeouts.AnswerWaitNs or < 0;

    private void Hold(Point point, FlowRecord flow, Outcome early)
    {
        _held++;
        point.Held.Enqueue((flow, early), flow.EndNs);
    }

    private void Release(Point point)
    {
        while (point.Held.TryPeek(out var held, out _) && HadTime(point, held.Flow))
        {
            point.Held.Dequeue();
            _held--;
            sink(held.Flow);
        }
    }

    private sealed class Point
    {
        public long LatestNs { get; set; } = long.MinValue;

        public PriorityQueue<(FlowRecord Flow, Outcome Early), long> Held { get; } = new();
    }
}
