namespace PortAudit.Traffic;

/// <summary>Flows that have something in common, summed up; for a VLAN with the frames that are in no flow, such as those of ARP.</summary>
/// <param name="Name">What they have in common; empty for those that are not told apart.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Packets">Packets, both directions.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
public sealed record FlowSum(string Name, long Flows, long Packets, long Bytes)
{
    /// <summary>Both together, by the name of this one.</summary>
    internal FlowSum Join(FlowSum other) => new(Name, Flows + other.Flows, Packets + other.Packets, Bytes + other.Bytes);
}
