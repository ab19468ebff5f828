using PortAudit.Audit;
using PortAudit.Reports.Watch;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary>State shared by the threads of a watch and the view: each thread writes its part, and the view reads a
/// snapshot.</summary>
/// <param name="picture">What is known at the start.</param>
internal sealed class WatchBoard(WatchPicture picture)
{
    /// <summary>Notes that are kept for the view.</summary>
    private const int MaximumNotes = 20;

    private readonly Lock _gate = new();
    private WatchPicture _picture = picture;

    public WatchPicture Picture
    {
        get
        {
            lock (_gate)
                return _picture;
        }
    }

    public void Note(DateTimeOffset now, LiveCounts counts, double packetsPerSecond, double bitsPerSecond,
        ObserverEffort effort) => Change(picture => picture with
        {
            Now = now,
            Counts = counts,
            PacketsPerSecond = packetsPerSecond,
            BitsPerSecond = bitsPerSecond,
            MemoryBytes = Environment.WorkingSet,
            Effort = effort,
        });

    public void NoteNext(DateTimeOffset at) => Change(picture => picture with { NextLookAt = at });

    public void Note(DateTimeOffset at, AuditReport report) =>
        Change(picture => picture with { Look = report, LookedAt = at });

    public void Note(string note) =>
        Change(picture => picture with { Notes = [.. picture.Notes.TakeLast(MaximumNotes - 1), note] });

    private void Change(Func<WatchPicture, WatchPicture> change)
    {
        lock (_gate)
            _picture = change(_picture);
    }
}
