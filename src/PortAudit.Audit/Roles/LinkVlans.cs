using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>The VLANs of prefixes. What a host sends to several at once stays in its own VLAN, whereas its other frames
/// may be recorded in the VLAN of either end.</summary>
internal sealed class LinkVlans
{
    /// <summary>Prefixes, lowest first.</summary>
    public const int MaximumPrefixes = 4_096;

    private const int MaximumVlans = 2;

    private readonly BottomKMap<IpAddress, BottomKSet<(ushort Outer, ushort Inner)>> _byPrefix =
        new(MaximumPrefixes, Comparer<IpAddress>.Default);

    /// <summary>Adds a flow.</summary>
    public void Add(FlowRecord flow)
    {
        var sender = flow.Originator.Address;
        if (flow.Vlan == VlanTags.None || flow.Responder.Address.IsUnicast || AddressScope.StaysOnLink(sender)
            || !AddressScope.IsInternal(sender))
            return;
        _byPrefix.GetOrAdd(SegmentPrefixes.Of(sender).Address, () => new(MaximumVlans))?
            .Add((flow.Vlan.Outer, flow.Vlan.Inner));
    }

    /// <summary>The prefixes of which one VLAN is known, by VLAN.</summary>
    public ImmutableArray<VlanPrefixes> Of(IEnumerable<Prefix> prefixes)
    {
        var known = _byPrefix.Entries.Where(entry => entry.Value is { Kept.Count: 1, IsOverflown: false })
            .ToDictionary(entry => entry.Key, entry => entry.Value.Kept.First());
        return
        [
            .. prefixes.Where(prefix => known.ContainsKey(prefix.Address))
                .GroupBy(prefix => known[prefix.Address])
                .OrderBy(group => group.Key)
                .Select(group => new VlanPrefixes(new VlanTags(group.Key.Outer, group.Key.Inner), [.. group])),
        ];
    }
}

/// <summary>The prefixes of a VLAN.</summary>
/// <param name="Vlan">The VLAN.</param>
/// <param name="Prefixes">Its prefixes, ascending.</param>
public sealed record VlanPrefixes(VlanTags Vlan, ImmutableArray<Prefix> Prefixes);
