using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Interfaces;

/// <summary>
/// Tracks lost interfaces of a capture and retries them each second (<see cref="LiveOptions.Reopens"/>). One that comes
/// back with the same link type continues, even with another address or number; with another link type it becomes a new
/// interface, as both kinds of frames may be in one capture.
/// </summary>
/// <param name="open">The interfaces that are captured; what comes back takes the index of what was lost.</param>
/// <param name="interfaces">The interfaces of the capture. It grows by those with another link type.</param>
/// <param name="options">How they are opened.</param>
internal sealed class LostInterfaces(LiveInterface[] open, List<CaptureInterface> interfaces, LiveOptions options)
{
    /// <summary>Time between two attempts, in milliseconds.</summary>
    private const int RetryMs = 1_000;

    private readonly List<LiveInterface> _replaced = [];
    private long _triedAt;

    public OutageBook Outages { get; } = new();

    /// <summary>Interfaces that came back with another link type, as they were before: what they counted stands. They
    /// are no more than a name has link types.</summary>
    public IReadOnlyList<LiveInterface> Replaced => _replaced;

    /// <summary>Looks after all interfaces. Allocates nothing while none is lost.</summary>
    /// <param name="nowNs">The time, in nanoseconds since the Unix epoch.</param>
    public void Tend(long nowNs)
    {
        var isTime = _triedAt == 0 || options.Clock.GetElapsedTime(_triedAt).TotalMilliseconds >= RetryMs;
        for (var index = 0; index < open.Length; index++)
        {
            if (open[index] is not { Failure: { } problem } lost)
                continue;
            Outages.Begin(lost.Index, problem, nowNs);
            if (!isTime)
                continue;
            _triedAt = options.Clock.GetTimestamp();
            if (!lost.IsNumbered || LiveInterface.IsThere(problem.Device))
                Reopen(index, lost, nowNs);
        }
    }

    private void Reopen(int index, LiveInterface lost, long nowNs)
    {
        if (InterfaceOpening.TryOpen(lost.Described.Name!, options, [], out var problem) is not { } opened)
        {
            lost.Failure = problem;
            return;
        }

        if (opened.Described == lost.Described)
            opened.Continue(lost);
        else
            Replace(lost, opened);
        lost.Dispose();
        open[index] = opened;
        Outages.End(lost.Index, nowNs);
    }

    private void Replace(LiveInterface lost, LiveInterface opened)
    {
        if (_replaced.Find(one => one.Described == opened.Described) is { } known)
        {
            _ = _replaced.Remove(known);
            opened.Continue(known);
        }
        else
        {
            opened.Index = interfaces.Count;
            interfaces.Add(opened.Described);
        }

        _replaced.Add(lost);
    }
}
