using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Watching;
using PortAudit.Reports.Watch;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Watch;

/// <summary>What the threads of a watch tell the view: each writes its part, and the view reads all of it at one
/// moment.</summary>
/// <param name="picture">What is known at the start.</param>
internal sealed class WatchBoard(WatchPicture picture)
{
    /// <summary>Events that are kept for the view.</summary>
    private const int MaximumEvents = 200;

    /// <summary>Notes that are kept for the view.</summary>
    private const int MaximumNotes = 20;

    private readonly Lock _gate = new();
    private WatchPicture _picture = picture;

    /// <summary>The picture as it stands.</summary>
    public WatchPicture Picture
    {
        get
        {
            lock (_gate)
                return _picture;
        }
    }

    /// <summary>Notes what has come.</summary>
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

    /// <summary>Notes when the next look begins.</summary>
    public void NoteNext(DateTimeOffset at) => Change(picture => picture with { NextLookAt = at });

    /// <summary>Notes what a look found.</summary>
    public void Note(DateTimeOffset at, AuditReport report,
        ImmutableArray<WatchEvent> events) => Change(picture => picture with
        {
            Look = report,
            LookedAt = at,
            Newest = [.. events.OfType<FindingEvent>().Reverse().Concat(picture.Newest).Take(MaximumEvents)],
        });

    /// <summary>Notes something that the user should know.</summary>
    public void Note(string note) =>
        Change(picture => picture with { Notes = [.. picture.Notes.TakeLast(MaximumNotes - 1), note] });

    private void Change(Func<WatchPicture, WatchPicture> change)
    {
        lock (_gate)
            _picture = change(_picture);
    }
}
