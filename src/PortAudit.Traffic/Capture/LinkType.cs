namespace PortAudit.Traffic.Capture;

/// <summary>
/// Link-layer type of a captured frame: the LINKTYPE_ number of the pcap and pcapng formats
/// (draft-ietf-opsawg-pcaplinktype, the registry that the tcpdump project keeps).
/// </summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct LinkType(ushort Value)
{
    /// <summary>LINKTYPE_ETHERNET: Ethernet II and IEEE 802.3 frames.</summary>
    public static readonly LinkType Ethernet = new(1);

    /// <inheritdoc />
    public override string ToString() => this == Ethernet ? "Ethernet" : $"link type {Value}";
}
