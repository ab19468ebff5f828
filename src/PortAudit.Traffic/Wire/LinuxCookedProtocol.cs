namespace PortAudit.Traffic.Wire;

/// <summary>The protocol field of a Linux cooked header (tcpdump.org/linktypes, LINKTYPE_LINUX_SLL): an EtherType,
/// except for some interfaces and low numbers.</summary>
internal static class LinuxCookedProtocol
{
    private const ushort FrameRelay = 770;
    private const ushort Radiotap = 803;
    private const ushort Netlink = 824;
    private const ushort Llc = 0x0004;

    /// <summary>The payload's EtherType; <see cref="EtherType.None"/> without one.</summary>
    /// <param name="protocol">The protocol field.</param>
    /// <param name="hardwareType">The ARPHRD_ number: for some, the protocol field has another meaning or is
    /// unset.</param>
    public static ushort ToEtherType(ushort protocol, ushort hardwareType)
    {
        if (hardwareType is FrameRelay or Radiotap or Netlink)
            return EtherType.None;
        if (protocol == Llc)
            return EtherType.Llc;
        return protocol < EtherType.Minimum ? EtherType.None : protocol;
    }
}
