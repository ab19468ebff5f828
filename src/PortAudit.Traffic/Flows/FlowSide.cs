namespace PortAudit.Traffic.Flows;

/// <summary>What one endpoint of a flow has sent.</summary>
internal struct FlowSide
{
    /// <summary>Packets.</summary>
    public long Packets;

    /// <summary>Sum of original frame lengths in bytes.</summary>
    public long Bytes;

    /// <summary>Sum of transport payloads on the wire in bytes.</summary>
    public long PayloadBytes;

    /// <summary>TCP: the sequence number after the highest seen; set when the flow's marks say so.</summary>
    public uint NextSequence;

    /// <summary>
    /// TCP: the initial sequence number, when <see cref="FlowFlags"/> has the side's SYN; else the first sequence
    /// number seen. Set when the flow's marks say so; before that both numbers may say what a reset of the other side
    /// acknowledged (<see cref="TcpTracker.WasRefusedBefore"/>).
    /// </summary>
    public uint FirstSequence;
}
