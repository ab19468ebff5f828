using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Link-layer type of a frame: the LINKTYPE_ number of pcap and pcapng (draft-ietf-opsawg-pcaplinktype, the
/// registry kept by tcpdump).</summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct LinkType(ushort Value)
{
    /// <summary>LINKTYPE_ETHERNET: Ethernet II and IEEE 802.3 frames.</summary>
    public static LinkType Ethernet => new(1);

    /// <summary>A link type of the capture's format without a registered number.</summary>
    internal static LinkType Unknown => new(ushort.MaxValue);

    /// <inheritdoc />
    public bool Equals(LinkType other) => Value == other.Value;

    /// <inheritdoc />
    public override int GetHashCode() => Value;

    /// <summary>Name of common types; null for others.</summary>
    public string? Name => Value switch
    {
        0 => "BSD loopback",
        1 => "Ethernet",
        6 => "Token Ring",
        7 or 129 => "ARCNET",
        8 => "SLIP",
        9 or 166 or 204 => "PPP",
        10 => "FDDI",
        12 or 14 or 101 or 228 or 229 => "raw IP",
        50 => "PPP over HDLC",
        51 => "PPPoE",
        100 => "ATM with LLC",
        104 => "Cisco HDLC",
        105 => "802.11",
        107 => "Frame Relay",
        108 => "OpenBSD loopback",
        109 => "enc (IPsec of OpenBSD)",
        113 => "Linux cooked, of the interface \"any\"",
        117 => "pflog",
        122 => "IP over Fibre Channel",
        119 => "802.11 with Prism header",
        127 => "802.11 with radiotap",
        163 => "802.11 with AVS header",
        178 => "Ethernet of Juniper",
        179 => "PPP of Juniper",
        180 => "Frame Relay of Juniper",
        181 => "Cisco HDLC of Juniper",
        192 => "PPI",
        219 => "MPLS",
        226 => "IPNET",
        239 => "NFLOG",
        240 => "netANALYZER",
        242 => "IP over InfiniBand",
        149 or 258 => "pktap",
        259 => "EPON",
        276 => "Linux cooked version 2, of the interface \"any\"",
        281 or 282 => "Ethernet with a switch tag of Broadcom",
        284 or 285 => "Ethernet with a switch tag of Marvell",
        ushort.MaxValue => "unknown to the registry",
        _ => null,
    };

    /// <summary>The number, with the name of common types.</summary>
    public override string ToString() => (this == Unknown, Name) switch
    {
        (true, { } name) => name,
        (_, { } name) => string.Create(CultureInfo.InvariantCulture, $"{Value} ({name})"),
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}
