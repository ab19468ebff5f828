using System.Collections.Immutable;

namespace PortAudit.Traffic;

/// <summary>Traffic by a name that some of it has, a VLAN or a tunnel. What has no such name is in no sum.</summary>
/// <param name="Listed">The names that are told apart, in their order.</param>
/// <param name="NotListed">All names behind them together.</param>
public sealed record FlowBreakdown(ImmutableArray<FlowSum> Listed, FlowSum NotListed)
{
    /// <summary>VLANs that are told apart at most, the lowest: room for every identifier of a single tag (IEEE 802.1Q §9.6).</summary>
    public const int MaximumVlans = 4096;

    /// <summary>Tunnels that are told apart at most, the first in ordinal order: more than a reader looks through.</summary>
    public const int MaximumTunnels = 1000;

    /// <summary>No flow has such a name.</summary>
    public static FlowBreakdown None { get; } = new([], new FlowSum("", 0, 0, 0));
}
