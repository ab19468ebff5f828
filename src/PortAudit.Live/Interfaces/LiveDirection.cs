namespace PortAudit.Live.Interfaces;

/// <summary>Which packets of an interface are captured, as seen from this machine (<c>pcap_direction_t</c>).</summary>
public enum LiveDirection
{
    /// <summary>Those that come and those that go.</summary>
    Both = 0,

    /// <summary>Those that come.</summary>
    In = 1,

    /// <summary>Those that this machine sends.</summary>
    Out = 2,
}
