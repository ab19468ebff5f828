using System.Collections.Immutable;

namespace PortAudit.Traffic.Announcements;

/// <summary>Counts the conversations of control protocols, and why some of them may have announced more than was read.</summary>
internal sealed class ControlChannelTally
{
    private readonly Counts[] _counts = new Counts[DynamicPortTrackers.Rows.Length];

    /// <summary>Counts a conversation that is followed.</summary>
    public void Count(int place) => _counts[place].Flows++;

    /// <summary>Counts a conversation that was not followed, or not to its end, because a bound was reached.</summary>
    public void CountSkipped(int place) => _counts[place].Skipped++;

    /// <summary>Counts a message that was too long to be read.</summary>
    public void CountGap(int place) => _counts[place].NotRead++;

    /// <summary>Counts what a reading said.</summary>
    public void Add(int place, AnnouncementNotes notes)
    {
        ref var counts = ref _counts[place];
        counts.Announcements += notes.Drafts.Count;
        counts.NotRead += notes.NotTaken;
        counts.Hidden += notes.IsHidden ? 1 : 0;
    }

    /// <summary>The counts of the protocols that were met, by their names.</summary>
    public ImmutableArray<ControlChannelCount> ToCounts() =>
    [
        .. DynamicPortTrackers.Rows
            .Select((row, place) => new ControlChannelCount(row.Protocol, _counts[place].Flows, _counts[place].Announcements, _counts[place].Hidden, _counts[place].NotRead, _counts[place].Skipped))
            .Where(count => count.Flows + count.Skipped > 0)
            .OrderBy(count => count.Protocol, StringComparer.Ordinal),
    ];

    private struct Counts
    {
        public long Flows;
        public long Announcements;
        public long Hidden;
        public long NotRead;
        public long Skipped;
    }
}
