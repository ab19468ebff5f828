namespace PortAudit.Traffic;

/// <summary>Flows that have something in common, summed up; for a VLAN with the frames that are in no flow, such as those of ARP.</summary>
/// <param name="Name">What they have in common; empty for those that are not told apart.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Packets">Packets, both directions.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
public sealed record FlowSum(string Name, long Flows, long Packets, long Bytes)
{
    /// <summary>Both together, by the name of the first.</summary>
    public static FlowSum operator +(FlowSum left, FlowSum right) => Add(left, right);

    /// <summary>Both together, by the name of the first.</summary>
    public static FlowSum Add(FlowSum left, FlowSum right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new FlowSum(left.Name, left.Flows + right.Flows, left.Packets + right.Packets, left.Bytes + right.Bytes);
    }
}
