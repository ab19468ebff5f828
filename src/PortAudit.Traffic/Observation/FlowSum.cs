using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Traffic.Observation;

/// <summary>Flows that have something in common, summed up; for a VLAN with the frames that are in no flow, such as
/// those of ARP.</summary>
/// <param name="Name">What they have in common; empty for those that are not told apart.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Packets">Packets, both directions.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
public sealed record FlowSum(string Name, long Flows, long Packets, long Bytes)
{
    /// <summary>Both together, by the name of this one.</summary>
    internal FlowSum Join(FlowSum other) =>
        new(Name, Flows + other.Flows, Packets + other.Packets, Bytes + other.Bytes);
}

/// <summary>Traffic by a name that some of it has, a VLAN or a tunnel. What has no such name is in no sum.</summary>
/// <param name="Listed">The names that are told apart, in their order.</param>
/// <param name="NotListed">All names behind them together.</param>
public sealed record FlowBreakdown(ImmutableArray<FlowSum> Listed, FlowSum NotListed)
{
    /// <summary>VLANs listed, the lowest: every identifier of a single tag (IEEE 802.1Q §9.6).</summary>
    public const int MaximumVlans = 4096;

    /// <summary>Tunnels listed, the first in ordinal order: more than a reader looks through.</summary>
    public const int MaximumTunnels = 1000;

    /// <summary>No flow has such a name.</summary>
    public static FlowBreakdown None { get; } = new([], new FlowSum("", 0, 0, 0));

    /// <summary>Orders VLANs by their identifiers, as they are listed: the outermost first, a single tag before those
    /// with another inside.</summary>
    internal static Comparer<string> ByVlan { get; } = Comparer<string>.Create((a, b) =>
    {
        var (one, other) = (a.Split('.'), b.Split('.'));
        var order = Identifier(one[0]).CompareTo(Identifier(other[0]));
        return order != 0
            ? order
            : Identifier(one.ElementAtOrDefault(1)).CompareTo(Identifier(other.ElementAtOrDefault(1)));
    });

    /// <summary>The sums of both. A name that one left out is behind all that it lists, so that every sum that is
    /// listed is whole.</summary>
    /// <param name="other">The other.</param>
    /// <param name="order">The order of the names.</param>
    /// <param name="limit">Names that are listed at most.</param>
    internal FlowBreakdown Join(FlowBreakdown other, IComparer<string> order, int limit)
    {
        var sums = Listed.Concat(other.Listed).GroupBy(sum => sum.Name, StringComparer.Ordinal)
            .Select(group => group.Aggregate((a, b) => a.Join(b))).OrderBy(sum => sum.Name, order).ToList();
        return new FlowBreakdown([.. sums.Take(limit)],
            sums.Skip(limit).Aggregate(NotListed.Join(other.NotListed), (all, sum) => all.Join(sum)));
    }

    private static int Identifier(string? text) => text is null ? -1 : int.Parse(text, CultureInfo.InvariantCulture);
}
