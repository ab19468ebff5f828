using System.Globalization;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Contract;

/// <summary>Finds connections that the logs of several imports have, as those of several sensors do, or a log and a
/// capture (<see cref="RepeatedConnections"/>). Of each that of the capture counts, else the first that is read. Only
/// flows are compared that start while a log and something of another import cover the time, as files that follow each
/// other have nothing in common.</summary>
internal sealed class RepeatedRows
{
    /// <summary>Times that several imports cover, one of them with a log, ascending, apart from each other.</summary>
    private readonly List<(long FirstNs, long LastNs)> _shared = [];

    private readonly RepeatedConnections _repeated = new();
    private readonly Dictionary<int, long> _byCapture = [];
    private readonly Dictionary<string, (long Flows, long Bytes)> _byPoint = new(StringComparer.Ordinal);

    /// <summary>Prepares the comparison.</summary>
    /// <param name="imports">What was observed, import by import.</param>
    public RepeatedRows(IEnumerable<ObservationSummary> imports)
    {
        var ends = new List<(long TimeNs, bool IsEnd, bool IsOfLog)>();
        foreach (var import in imports)
        {
            var captures = import.Captures.Where(capture => capture.FirstNs is not null).ToList();
            foreach (var ofLog in new[] { false, true })
            {
                var covering = captures.Where(capture => !ofLog || capture.Log is not null).ToList();
                if (covering.Count == 0)
                    continue;
                ends.Add((covering.Min(capture => capture.FirstNs!.Value) - RepeatedConnections.NearStartNs, false,
                    ofLog));
                ends.Add((covering.Max(capture => capture.LastNs!.Value) + RepeatedConnections.NearStartNs, true,
                    ofLog));
            }

            HasCaptures |= captures.Exists(capture => capture.Log is null);
        }

        var (all, logs, beginNs) = (0, 0, (long?)null);
        foreach (var (timeNs, isEnd, isOfLog) in ends.Order())
        {
            all += isOfLog ? 0 : isEnd ? -1 : 1;
            logs += !isOfLog ? 0 : isEnd ? -1 : 1;
            if (all > 1 && logs > 0)
                beginNs ??= timeNs;
            else if (beginNs is { } begin)
            {
                _shared.Add((begin, timeNs));
                beginNs = null;
            }
        }
    }

    /// <summary>True when there are captures, whose flows have to be compared before those of logs.</summary>
    public bool HasCaptures { get; }

    /// <summary>From the first to the last start of flows that have to be compared; null when there are none.</summary>
    public (long FirstNs, long LastNs)? Time =>
        _shared.Count == 0 ? null : (_shared[0].FirstNs, _shared[^1].LastNs);

    /// <summary>True for a connection that another import showed.</summary>
    public bool IsRepeat(FlowRecord flow)
    {
        if (!IsShared(flow.StartNs))
            return false;
        if (flow.Log is null)
        {
            _repeated.Keep(flow);
            return false;
        }

        if (!_repeated.IsRepeat(flow))
            return false;
        _byCapture[flow.Capture] = _byCapture.GetValueOrDefault(flow.Capture) + 1;
        var (flows, bytes) = _byPoint.GetValueOrDefault(flow.CapturePoint);
        _byPoint[flow.CapturePoint] = (flows + 1, bytes + flow.Out.Bytes + flow.In.Bytes);
        return true;
    }

    /// <summary>The observation with a note at each log of which connections were left out.</summary>
    /// <param name="observation">All imports.</param>
    public ObservationSummary Noted(ObservationSummary observation) => _byCapture.Count == 0
        && _repeated.NotKept == 0
        ? observation
        : observation with
        {
            Captures = [.. observation.Captures.Select(Noted)],
            Points = [.. observation.Points.Select(Lessened)],
        };

    private CaptureSummary Noted(CaptureSummary capture, int number)
    {
        var clauses = new List<string>();
        if (capture.Annotations.Oddity is { } oddity)
            clauses.Add(oddity);
        if (_byCapture.TryGetValue(number, out var repeats))
            clauses.Add(string.Create(CultureInfo.InvariantCulture, $"connections that another import has, "
                + $"too, and that count once: {repeats:N0} of {capture.Rows:N0}"));
        if (_repeated.NotKept > 0 && IsLog(capture))
            clauses.Add(string.Create(CultureInfo.InvariantCulture, $"{_repeated.NotKept:N0} connections were not "
                + $"compared with those of other imports, as at most {RepeatedConnections.Maximum:N0} are kept: what "
                + $"two sensors saw may count twice"));
        return clauses.Count == 0
            ? capture
            : capture with { Annotations = capture.Annotations with { Oddity = string.Join("; ", clauses) } };
    }

    private PointSummary Lessened(PointSummary point) => _byPoint.TryGetValue(point.Name, out var repeats)
        ? point with { Flows = point.Flows - repeats.Flows, FlowBytes = point.FlowBytes - repeats.Bytes }
        : point;

    private bool IsShared(long timeNs)
    {
        var (low, high) = (0, _shared.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (timeNs > _shared[middle].LastNs)
                low = middle + 1;
            else if (timeNs < _shared[middle].FirstNs)
                high = middle - 1;
            else
                return true;
        }

        return false;
    }

    private static bool IsLog(CaptureSummary capture) => capture is { Log: not null, FirstNs: not null };
}
