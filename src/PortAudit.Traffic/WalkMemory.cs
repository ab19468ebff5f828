using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Fragments;

namespace PortAudit.Traffic;

/// <summary>What the walk of a frame remembers of those before it: tunnels that have numbers, fragments that wait for others, and packets that may be recorded twice.</summary>
/// <param name="vlans">VLANs that count as one.</param>
internal sealed class WalkMemory(VlanEquivalence vlans)
{
    /// <summary>The tunnels.</summary>
    public TunnelTable Tunnels { get; } = new();

    /// <summary>The fragments.</summary>
    public FragmentTable Fragments { get; } = new();

    /// <summary>The latest packets.</summary>
    public DuplicateFilter Duplicates { get; } = new();

    /// <summary>VLANs that count as one.</summary>
    public VlanEquivalence Vlans { get; } = vlans;
}
