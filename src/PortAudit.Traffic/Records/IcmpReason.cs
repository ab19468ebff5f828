namespace PortAudit.Traffic.Records;

/// <summary>Why packets do not arrive, according to the ICMP error that stopped them.</summary>
public enum IcmpReason
{
    /// <summary>No ICMP error, or one without these reasons.</summary>
    None,

    /// <summary>Forbidden by policy (RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; RFC 4443 §3.1).</summary>
    Prohibited,

    /// <summary>No route, no response from the host on its link, or too many hops (RFC 792, RFC 1812 §5.2.7.1; RFC 4443
    /// §3.1, §3.3).</summary>
    Undeliverable,
}
