using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>On which side of a router prefixes are, by the link addresses that their hosts send from. A link is a
/// capture point, or a capture where points have no names.</summary>
internal sealed class LinkSides
{
    /// <summary>Prefixes of links, lowest first.</summary>
    public const int MaximumPrefixes = 16_384;

    /// <summary>Link addresses of which is kept who sends from them; of others nothing is said.</summary>
    private const int MaximumSenders = 65_536;

    /// <summary>Link addresses kept of a prefix: enough for one that is no router's.</summary>
    private const int MaximumOfPrefix = 8;

    private readonly BottomKMap<(IpAddress Prefix, string Point, int Capture), Tally> _prefixes = new(MaximumPrefixes,
        Comparer<(IpAddress Prefix, string Point, int Capture)>.Create((a, b) =>
            a.Prefix != b.Prefix ? a.Prefix.CompareTo(b.Prefix)
            : a.Capture != b.Capture ? a.Capture.CompareTo(b.Capture)
            : string.CompareOrdinal(a.Point, b.Point)));

    /// <summary>The prefixes of each sender, by address family: a host has one of each.</summary>
    private readonly BottomKMap<(LinkAddress Sender, bool IsIpv4), BottomKSet<IpAddress>> _senders =
        new(MaximumSenders, Comparer<(LinkAddress Sender, bool IsIpv4)>.Default);

    /// <summary>Adds a sighting.</summary>
    public void Add(LinkSighting seen)
    {
        if (!seen.Address.IsUnicast || seen.Address.IsUnspecified || AddressScope.StaysOnLink(seen.Address))
            return;
        var prefix = SegmentPrefixes.Of(seen.Address).Address;
        _senders.GetOrAdd((seen.Sender, seen.Address.IsIpv4), () => new(2))?.Add(prefix);
        if (AddressScope.IsInternal(seen.Address) && seen.Routers is { } routers)
            _prefixes.GetOrAdd((prefix, seen.Point, seen.Point.Length > 0 ? 0 : seen.Frame.Capture), () => new())?
                .Add(seen, routers);
    }

    /// <summary>What is known of the sides of prefixes, by prefix and link.</summary>
    public ImmutableArray<PrefixSide> Of(IEnumerable<Prefix> prefixes)
    {
        var wanted = prefixes.ToDictionary(prefix => prefix.Address);
        return [.. _prefixes.Entries.Where(entry => wanted.ContainsKey(entry.Key.Prefix))
            .Select(entry => SideOf(wanted[entry.Key.Prefix], entry.Value)).OfType<PrefixSide>()];
    }

    /// <summary>Near: a host sent over no router, from an address that no other prefix has. Behind: all came over a
    /// router, and from one address.</summary>
    private PrefixSide? SideOf(Prefix prefix, Tally tally)
    {
        if (tally.Near.Entries.Where(entry => _senders.Find((entry.Key, prefix.Address.IsIpv4))
            is { Kept.Count: 1, IsOverflown: false })
            .Select(entry => entry.Value.First).OrderBy(seen => seen.Frame).FirstOrDefault()
            is { Point: not null } near)
            return new PrefixSide(prefix, null, near.Point, near.Frame);
        return tally is { Near.Values: var own, Behind: { IsOverflown: false } behind } && !own.Any()
            && behind.Entries.ToArray() is [var router]
                ? new PrefixSide(prefix, router.Key, router.Value.First.Point, router.Value.First.Frame)
                : null;
    }

    /// <summary>From where the hosts of a prefix sent on a link.</summary>
    private sealed class Tally
    {
        public BottomKMap<LinkAddress, Sender> Near { get; } = new(MaximumOfPrefix, Comparer<LinkAddress>.Default);

        public BottomKMap<LinkAddress, Sender> Behind { get; } = new(MaximumOfPrefix, Comparer<LinkAddress>.Default);

        public void Add(LinkSighting seen, int routers) =>
            (routers == 0 ? Near : Behind).GetOrAdd(seen.Sender, () => new Sender { First = seen });
    }

    private sealed class Sender
    {
        public required LinkSighting First { get; init; }
    }
}

/// <summary>On which side of a router a prefix is, as one link shows it.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="Router">Link address of the router that its hosts are behind; null when they are on the link
/// itself.</param>
/// <param name="Point">Name of the capture point; empty without one.</param>
/// <param name="First">The first frame that shows it.</param>
public sealed record PrefixSide(Prefix Prefix, LinkAddress? Router, string Point, FrameReference First)
{
    /// <summary>The link: its capture point, or else its capture.</summary>
    internal (string Point, int Capture) Link => (Point, Point.Length > 0 ? 0 : First.Capture);

    /// <summary>Each fact once, with the first frame, in order.</summary>
    internal static ImmutableArray<PrefixSide> Distinct(IEnumerable<PrefixSide> sides) =>
    [
        .. sides.GroupBy(side => (side.Prefix, side.Router, side.Point))
            .Select(same => same.MinBy(side => side.First)!)
            .OrderBy(side => side.Prefix.Address).ThenBy(side => side.First),
    ];
}
