namespace PortAudit.Traffic.Flows;

/// <summary>Counters of one endpoint of a flow.</summary>
internal struct FlowSide
{
    /// <summary>Packets.</summary>
    public long Packets;

    /// <summary>Sum of original frame lengths in bytes.</summary>
    public long Bytes;

    /// <summary>Sum of transport payloads on the wire in bytes.</summary>
    public long PayloadBytes;

    /// <summary>TCP: the sequence number after the highest seen; valid when the flow's flags say so.</summary>
    public uint NextSequence;

    /// <summary>TCP: the initial sequence number if the SYN was seen (<see cref="FlowFlags"/>), else the first one
    /// seen. Valid when the flow's flags say so; before that both numbers may hold what a reset of the other side
    /// acknowledged (<see cref="TcpTracker.WasRefusedBefore"/>).</summary>
    public uint FirstSequence;
}
