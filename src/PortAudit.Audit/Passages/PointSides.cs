using System.Runtime.InteropServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>On which side of a device addresses are, from connections recorded on both sides: packets come from the
/// side where the hop limit is higher or the time earlier.</summary>
internal sealed class PointSides
{
    /// <summary>Leading bits of an IPv4 address by which neighbours are known, where the address itself was not
    /// seen.</summary>
    private const int Ipv4NeighbourBits = 24;

    /// <summary>Hosts of a network that must have been recorded at both points before their neighbours are taken to go
    /// the same way: a capture made on a host has its own connections only.</summary>
    private const int LeastNeighbours = 2;

    private readonly Dictionary<IpAddress, Votes> _addresses = [];
    private readonly Dictionary<IpAddress, Votes> _networks = [];

    public PointSides(IEnumerable<FlowPair> pairs)
    {
        var undecided = new List<FlowPair>();
        foreach (var pair in pairs)
        {
            if (OriginatorByPackets(pair) is { } isFirst)
                Vote(pair, isFirst);
            else
                undecided.Add(pair);
        }

        foreach (var pair in undecided)
        {
            if (SideOf(pair.First.Originator.Address) is { } side)
                Vote(pair, side);
            else if (SideOf(pair.First.Responder.Address) is { } other)
                Vote(pair, !other);
        }
    }

    /// <summary>True when the originator of a pair is on the side of the first point, false for the second; the first
    /// if unknown.</summary>
    public bool IsOriginatorFirst(FlowPair pair) =>
        OriginatorByPackets(pair) ?? SideOf(pair.First.Originator.Address) ?? !SideOf(pair.First.Responder.Address)
        ?? true;

    /// <summary>True when an address is on the side of the first point, false for the second; null if unknown or
    /// both.</summary>
    public bool? SideOf(IpAddress address) => Find(_addresses, address)?.Side;

    /// <summary>The same as neighbours of the address have it: those of its network, where it is not known
    /// itself.</summary>
    public bool? SideOfNeighbours(IpAddress address) => Find(_networks, NetworkOf(address)) is
    { Hosts: >= LeastNeighbours } votes ? votes.Side : null;

    /// <summary>True when connections of an address were recorded at both points around a time.</summary>
    /// <param name="address">The address.</param>
    /// <param name="timestampNs">The time by the clock of the first point, in nanoseconds since the Unix epoch.</param>
    /// <param name="withinNs">How far away, in nanoseconds.</param>
    public bool WasSeenAround(IpAddress address, long timestampNs, long withinNs) =>
        (Find(_addresses, address) ?? Find(_networks, NetworkOf(address))) is { } votes
        && timestampNs >= votes.FirstNs - withinNs && timestampNs <= votes.LastNs + withinNs;

    /// <summary>Whether the originator of a pair is on the side of the first point: each hop between the points lowers
    /// the hop limit, and packets reach the originator's side first.</summary>
    private static bool? OriginatorByPackets(FlowPair pair)
    {
        if (pair.First.Trace is not { } first || pair.Second.Trace is not { } second)
            return null;
        if (!pair.IsSameStream)
            return Began(first, second);
        if (Falls(first.Out.HopLimit, second.Out.HopLimit) is { } there)
            return there;
        if (Falls(first.In.HopLimit, second.In.HopLimit) is { } back)
            return !back;
        var (sent, answered) = (pair.Differences(isOut: true).MedianNs(), pair.Differences(isOut: false).MedianNs());
        return sent is null || answered is null || sent == answered ? null : sent > answered;
    }

    /// <summary>Of a proxy the side that was asked is the one where the client's connection begins: its answer does not
    /// wait for the other.</summary>
    private static bool? Began(FlowTrace first, FlowTrace second) =>
        first.Out.HopLimit == 0 || second.Out.HopLimit == 0 ? null
        : first.Out is { Opening: { } one } && second.Out is { Opening: { } other }
            && first.In is { Opening: { } } && second.In is { Opening: { } }
            ? other.TimestampNs > one.TimestampNs
            : null;

    private static bool? Falls(byte first, byte second) =>
        first == 0 || second == 0 || first == second ? null : first > second;

    private void Vote(FlowPair pair, bool isOriginatorFirst)
    {
        foreach (var flow in new[] { pair.First, pair.Second })
        {
            Vote(flow.Originator.Address, isOriginatorFirst, pair.First.StartNs);
            Vote(flow.Responder.Address, !isOriginatorFirst, pair.First.StartNs);
        }
    }

    private void Vote(IpAddress address, bool isFirst, long timestampNs)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_addresses, address, out var isKnown).Add(isFirst, timestampNs);
        ref var network = ref CollectionsMarshal.GetValueRefOrAddDefault(_networks, NetworkOf(address), out _);
        network.Add(isFirst, timestampNs);
        network.Hosts += isKnown ? 0 : 1;
    }

    private static Votes? Find(Dictionary<IpAddress, Votes> votes, IpAddress address) =>
        votes.TryGetValue(address, out var found) ? found : null;

    private static IpAddress NetworkOf(IpAddress address) => address.IsIpv4
        ? IpAddress.FromIpv4(address.Ipv4Value & (uint.MaxValue << (32 - Ipv4NeighbourBits)))
        : new IpAddress(address.High, 0);

    private struct Votes
    {
        private int _first;
        private int _second;

        public int Hosts { get; set; }

        public long FirstNs { get; private set; }

        public long LastNs { get; private set; }

        public readonly bool? Side => _first == _second ? null : _first > _second;

        public void Add(bool isFirst, long timestampNs)
        {
            var isNew = _first + _second == 0;
            FirstNs = isNew ? timestampNs : Math.Min(FirstNs, timestampNs);
            LastNs = isNew ? timestampNs : Math.Max(LastNs, timestampNs);
            if (isFirst)
                _first++;
            else
                _second++;
        }
    }
}
