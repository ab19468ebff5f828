using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Traffic.Observation;

/// <summary>Totals of flows that share a name; for a VLAN including frames outside flows, such as ARP.</summary>
/// <param name="Name">The shared name; empty for the remainder.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Packets">Packets, both directions.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
public sealed record FlowSum(string Name, long Flows, long Packets, long Bytes)
{
    /// <summary>Adds another sum, keeping this name.</summary>
    internal FlowSum Join(FlowSum other) =>
        new(Name, Flows + other.Flows, Packets + other.Packets, Bytes + other.Bytes);
}

/// <summary>Traffic by VLAN or by tunnel. Traffic without one is not included.</summary>
/// <param name="Listed">The names listed, in order.</param>
/// <param name="NotListed">All further names together.</param>
public sealed record FlowBreakdown(ImmutableArray<FlowSum> Listed, FlowSum NotListed)
{
    /// <summary>VLANs listed, the lowest: every identifier of a single tag (IEEE 802.1Q §9.6).</summary>
    public const int MaximumVlans = 4096;

    /// <summary>Tunnels listed, first in ordinal order: more than a reader looks through.</summary>
    public const int MaximumTunnels = 1000;

    /// <summary>An empty breakdown.</summary>
    public static FlowBreakdown None { get; } = new([], new FlowSum("", 0, 0, 0));

    /// <summary>Orders VLANs by identifiers, outermost first; a single tag before stacked ones.</summary>
    internal static Comparer<string> ByVlan { get; } = Comparer<string>.Create((a, b) =>
    {
        var (one, other) = (a.Split('.'), b.Split('.'));
        var order = Identifier(one[0]).CompareTo(Identifier(other[0]));
        return order != 0
            ? order
            : Identifier(one.ElementAtOrDefault(1)).CompareTo(Identifier(other.ElementAtOrDefault(1)));
    });

    /// <summary>Adds two breakdowns. A name that one of them did not list sorts after all that it lists, so every
    /// listed sum is complete.</summary>
    internal FlowBreakdown Join(FlowBreakdown other, IComparer<string> order, int limit)
    {
        var sums = Listed.Concat(other.Listed).GroupBy(sum => sum.Name, StringComparer.Ordinal)
            .Select(group => group.Aggregate((a, b) => a.Join(b))).OrderBy(sum => sum.Name, order).ToList();
        return new FlowBreakdown([.. sums.Take(limit)],
            sums.Skip(limit).Aggregate(NotListed.Join(other.NotListed), (all, sum) => all.Join(sum)));
    }

    private static int Identifier(string? text) => text is null ? -1 : int.Parse(text, CultureInfo.InvariantCulture);
}
