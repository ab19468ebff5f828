namespace PortAudit.Audit.Passages;

/// <summary>By what a connection that two capture points recorded was recognised as one. The first are the
/// surest.</summary>
public enum PairingBasis
{
    /// <summary>The same addresses and ports, at the same time or with the same sequence numbers.</summary>
    Addresses,

    /// <summary>The same initial sequence numbers, of both sides where both were seen.</summary>
    SequenceNumbers,

    /// <summary>The same clock in the timestamp option of the SYN, towards the same port or host.</summary>
    TcpTimestamps,

    /// <summary>The same packets: segments with their numbers; transactions of STUN, questions of DNS, calls of SIP,
    /// headers of RTP, or payloads of datagrams.</summary>
    Packets,

    /// <summary>The same bytes at the beginning of the streams, in connections whose sequence numbers
    /// differ.</summary>
    Payload,

    /// <summary>The same time and port, between addresses that other connections pair.</summary>
    Time,
}

/// <summary>The words of <see cref="PairingBasis"/>.</summary>
public static class PairingBasisText
{
    /// <summary>The word in machine-readable output.</summary>
    public static string ToText(this PairingBasis basis) => basis switch
    {
        PairingBasis.Addresses => "addresses",
        PairingBasis.SequenceNumbers => "sequence-numbers",
        PairingBasis.TcpTimestamps => "tcp-timestamps",
        PairingBasis.Packets => "packets",
        PairingBasis.Payload => "payload",
        PairingBasis.Time => "time",
    };

    /// <summary>How sure it is that both are one connection: <c>sure</c>, <c>likely</c> or <c>perhaps</c>.</summary>
    public static string ToCertainty(this PairingBasis basis) => basis switch
    {
        PairingBasis.Addresses or PairingBasis.SequenceNumbers => "sure",
        PairingBasis.TcpTimestamps or PairingBasis.Packets or PairingBasis.Payload => "likely",
        PairingBasis.Time => "perhaps",
    };
}
