using System.Collections.Immutable;
using PortAudit.Live.Host;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Interfaces;

/// <summary>When interfaces of a capture were away; the first <see cref="CaptureAnnotations.MaximumOutages"/> are kept,
/// the rest counted.</summary>
internal sealed class OutageBook
{
    private readonly List<CaptureOutage> _outages = [];
    private readonly HashSet<int> _away = [];

    public long NotListed { get; private set; }

    /// <summary>Notes that an interface of the capture is away since a time, unless that is known.</summary>
    public void Begin(int index, LiveProblem problem, long nowNs)
    {
        if (!_away.Add(index))
            return;
        if (_outages.Count < CaptureAnnotations.MaximumOutages)
            _outages.Add(new CaptureOutage(index, problem.Device, nowNs, null, problem.Text));
        else
            NotListed++;
    }

    public void End(int index, long nowNs)
    {
        _ = _away.Remove(index);
        if (_outages.FindLastIndex(outage => outage.Interface == index && outage.ToNs is null) is >= 0 and var last)
            _outages[last] = _outages[last] with { ToNs = nowNs };
    }

    /// <summary>Those that are kept, in the order of their beginnings.</summary>
    public ImmutableArray<CaptureOutage> ToOutages() => [.. _outages];
}
