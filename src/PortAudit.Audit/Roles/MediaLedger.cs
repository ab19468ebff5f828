using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Who sends media to whom on ports that the signalling of a call announced. Flows may come in any
/// order.</summary>
internal sealed class MediaLedger
{
    /// <summary>Pairs of hosts that are kept, the lowest: each pair of roles needs one.</summary>
    public const int MaximumPairs = 4_096;

    /// <summary>Protocol of media, the first of the registry.</summary>
    public static readonly string Protocol = ProtocolRegistry.Rows.First(row => row.IsMedia).Name;

    private readonly BottomKMap<MediaPair, MarkTally> _pairs = new(MaximumPairs, MediaPair.Order);

    public IEnumerable<KeyValuePair<MediaPair, MarkTally>> Pairs => _pairs.Entries;

    /// <summary>The protocols that announce media in calls of <paramref name="control"/>; none when it sets up no
    /// calls.</summary>
    public static ImmutableArray<string> AnnouncersOf(string control) =>
        ProtocolRegistry.Find(control)?.MediaAnnouncers ?? [];

    /// <summary>Adds a flow; does nothing when it is none of media that a call announced.</summary>
    public void Add(FlowRecord flow)
    {
        if (flow.Announcement?.Announcement.AnnouncedBy is not { } control || AnnouncersOf(control).IsEmpty
            || !flow.IsMedia() || !flow.Responder.Address.IsUnicast)
            return;
        var (from, to) = (flow.Originator.Address, flow.Responder.Address);
        var basis = ProtocolComparison.IsProof(flow.ProtocolBasis) ? EvidenceBasis.Payload : EvidenceBasis.Announced;
        var use = new ServiceUse(to, from, flow.Transport, flow.Responder.Port, Protocol, flow.Service, null, basis,
            EvidenceBasis.Announced, flow);
        _pairs.GetOrAdd(new MediaPair(from, to, control), () => new MarkTally())?.Add(use, from, basis);
    }
}

/// <summary>Two hosts between which media go.</summary>
/// <param name="From">Who sent first.</param>
/// <param name="To">The other one.</param>
/// <param name="AnnouncedBy">Protocol of the call.</param>
internal readonly record struct MediaPair(IpAddress From, IpAddress To, string AnnouncedBy)
{
    public static Comparer<MediaPair> Order { get; } = Comparer<MediaPair>.Create((a, b) =>
    {
        var order = a.From.CompareTo(b.From);
        order = order != 0 ? order : a.To.CompareTo(b.To);
        return order != 0 ? order : string.CompareOrdinal(a.AnnouncedBy, b.AnnouncedBy);
    });
}
