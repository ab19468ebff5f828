namespace PortAudit.Traffic.Flows;

/// <summary>What is known of one side of a flow beyond its counters, one bit each.</summary>
[Flags]
internal enum SideFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It sent a SYN without ACK; SCTP: an INIT.</summary>
    Syn = 1 << 0,

    /// <summary>It sent a SYN with ACK.</summary>
    SynAck = 1 << 1,

    /// <summary>It sent a FIN.</summary>
    Fin = 1 << 2,

    /// <summary>It sent a RST; SCTP: an ABORT.</summary>
    Rst = 1 << 3,

    /// <summary>
    /// It sent something other than SYN without ACK and RST that is not left over from an earlier connection: it was
    /// part of a conversation. SCTP: anything but INIT and ABORT.
    /// </summary>
    Spoke = 1 << 4,

    /// <summary>TCP: the sequence numbers of its <see cref="FlowSide"/> are set.</summary>
    Sequence = 1 << 5,

    /// <summary>TCP: its latest window is zero.</summary>
    WindowClosed = 1 << 6,

    /// <summary>TCP: it probed a closed window with a byte that may or may not have been taken.</summary>
    Probe = 1 << 7,

    /// <summary>TCP: its stream has holes in its <see cref="StreamLedger"/>.</summary>
    Holes = 1 << 8,

    /// <summary>An ICMP error, which <see cref="FlowDetail"/> holds, quoted a packet that it sent.</summary>
    IcmpError = 1 << 9,
}
