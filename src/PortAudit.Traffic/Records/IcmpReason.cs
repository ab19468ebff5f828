namespace PortAudit.Traffic.Records;

/// <summary>Why packets do not arrive, as the ICMP error that stopped them gives it.</summary>
public enum IcmpReason
{
    /// <summary>No ICMP error stopped the flow, or one that gives neither of the other reasons.</summary>
    None,

    /// <summary>A policy forbids it (RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; RFC 4443 §3.1).</summary>
    Prohibited,

    /// <summary>A router knows no way to the network or the host, the host does not answer on its own link, or too many
    /// routers lie on the way (RFC 792, RFC 1812 §5.2.7.1; RFC 4443 §3.1, §3.3).</summary>
    Undeliverable,
}
