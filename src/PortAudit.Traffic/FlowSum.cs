namespace PortAudit.Traffic;

/// <summary>Flows that have something in common, summed up.</summary>
/// <param name="Name">What they have in common; empty for those that are not told apart.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Packets">Their packets, both directions.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
public sealed record FlowSum(string Name, long Flows, long Packets, long Bytes);
