namespace PortAudit.Live.Devices;

/// <summary>Whether an interface has a link (<c>PCAP_IF_CONNECTION_STATUS</c>); the values are those of libpcap's
/// bits.</summary>
public enum DeviceConnection
{
    /// <summary>Unknown.</summary>
    Unknown = 0x00,

    /// <summary>It has one.</summary>
    Connected = 0x10,

    /// <summary>It has none: no cable, no network.</summary>
    Disconnected = 0x20,

    /// <summary>It is of a kind that has none, such as loopback.</summary>
    NotApplicable = 0x30,
}
