namespace PortAudit.Traffic.Flows;

/// <summary>Facts about one side of a flow, one bit each.</summary>
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

    /// <summary>It sent something other than SYN without ACK or RST, not left over from an earlier connection: it took
    /// part. SCTP: anything but INIT and ABORT.</summary>
    Spoke = 1 << 4,

    /// <summary>TCP: the sequence numbers in <see cref="FlowSide"/> are valid.</summary>
    Sequence = 1 << 5,

    /// <summary>TCP: its latest window is zero.</summary>
    WindowClosed = 1 << 6,

    /// <summary>TCP: it probed a closed window with a byte that may not have been accepted.</summary>
    Probe = 1 << 7,

    /// <summary>TCP: its stream has gaps, listed in its <see cref="StreamLedger"/>.</summary>
    Holes = 1 << 8,

    /// <summary>An ICMP error (in <see cref="FlowDetail"/>) quoted a packet that it sent.</summary>
    IcmpError = 1 << 9,
}
