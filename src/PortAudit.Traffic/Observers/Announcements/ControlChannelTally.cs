using System.Collections.Immutable;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Counts the conversations of control protocols, and why some of them may have announced more than was
/// read.</summary>
internal sealed class ControlChannelTally
{
    /// <summary>By index of the protocol in the registry plus one.</summary>
    private readonly Counts[] _counts = new Counts[ProtocolRegistry.Rows.Length + 1];

    /// <summary>Counts a conversation that is followed.</summary>
    public void Count(int number) => _counts[number].Flows++;

    /// <summary>Counts a conversation that was not followed, or not to its end, because a bound was reached.</summary>
    public void CountSkipped(int number) => _counts[number].Skipped++;

    /// <summary>Counts a message that was too long to be read.</summary>
    public void CountGap(int number) => _counts[number].NotRead++;

    /// <summary>Counts what a reading said.</summary>
    public void Add(int number, AnnouncementNotes notes)
    {
        ref var counts = ref _counts[number];
        counts.Announcements += notes.Drafts.Count;
        counts.NotRead += notes.NotTaken;
        counts.Hidden += notes.IsHidden ? 1 : 0;
    }

    /// <summary>The counts of the protocols that were met, by their names.</summary>
    public ImmutableArray<ControlChannelCount> ToCounts() =>
    [
        .. ProtocolRegistry.Rows
            .Select((row, index) => _counts[index + 1].ToCount(row.Name))
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

        public readonly ControlChannelCount ToCount(string protocol) =>
            new(protocol, Flows, Announcements, Hidden, NotRead, Skipped);
    }
}

/// <summary>How far the conversations of a control protocol could be followed.</summary>
/// <param name="Protocol">Registry name of the protocol.</param>
/// <param name="Flows">Flows that were followed.</param>
/// <param name="Announcements">Announcements that they made, repetitions included.</param>
/// <param name="Hidden">Flows of which encryption hid the rest.</param>
/// <param name="NotRead">Messages, or announcements in them, that were beyond a limit.</param>
/// <param name="Skipped">Flows that were not followed, or not to their end, because a bound was reached.</param>
public sealed record ControlChannelCount(string Protocol, long Flows, long Announcements, long Hidden, long NotRead,
    long Skipped);
