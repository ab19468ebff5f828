using System.Collections.Immutable;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Counts control conversations, and why some may have announced more than was read.</summary>
internal sealed class ControlChannelTally
{
    /// <summary>By registry index of the protocol plus one.</summary>
    private readonly Counts[] _counts = new Counts[ProtocolRegistry.Rows.Length + 1];

    /// <summary>Counts a followed conversation.</summary>
    public void Count(int number) => _counts[number].Flows++;

    /// <summary>Counts a conversation not followed, or not completely, because of a limit.</summary>
    public void CountSkipped(int number) => _counts[number].Skipped++;

    /// <summary>Counts a message too long to be read.</summary>
    public void CountGap(int number) => _counts[number].NotRead++;

    /// <summary>Adds the results of a reading.</summary>
    public void Add(int number, AnnouncementNotes notes)
    {
        ref var counts = ref _counts[number];
        counts.Announcements += notes.Drafts.Count;
        counts.NotRead += notes.NotTaken;
        counts.Hidden += notes.IsHidden ? 1 : 0;
    }

    /// <summary>The nonzero counts, by protocol name.</summary>
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

/// <summary>How completely the control conversations of a protocol were followed.</summary>
/// <param name="Protocol">Registry name of the protocol.</param>
/// <param name="Flows">Flows that were followed.</param>
/// <param name="Announcements">Announcements made, including repetitions.</param>
/// <param name="Hidden">Flows that became encrypted.</param>
/// <param name="NotRead">Messages, or announcements in them, beyond a limit.</param>
/// <param name="Skipped">Flows not followed, or not completely, because of a limit.</param>
public sealed record ControlChannelCount(string Protocol, long Flows, long Announcements, long Hidden, long NotRead,
    long Skipped);
