namespace PortAudit.Traffic.Wire;

/// <summary>The protocol field of a Linux cooked header (tcpdump.org/linktypes, LINKTYPE_LINUX_SLL): an EtherType,
/// unless the interface or a low number says otherwise.</summary>
internal static class LinuxCookedProtocol
{
    private const ushort FrameRelay = 770;
    private const ushort Radiotap = 803;
    private const ushort Netlink = 824;
    private const ushort Llc = 0x0004;

    /// <summary>The EtherType of what follows; <see cref="EtherType.None"/> when it has none.</summary>
    /// <param name="protocol">The protocol field.</param>
    /// <param name="hardwareType">The ARPHRD_ number: with some the protocol field is of another kind, or is not
    /// set.</param>
    public static ushort ToEtherType(ushort protocol, ushort hardwareType)
    {
        if (hardwareType is FrameRelay or Radiotap or Netlink)
            return EtherType.None;
        if (protocol == Llc)
            return EtherType.Llc;
        return protocol < EtherType.Minimum ? EtherType.None : protocol;
    }
}
