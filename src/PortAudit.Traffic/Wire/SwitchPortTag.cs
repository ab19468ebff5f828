namespace PortAudit.Traffic.Wire;

/// <summary>The tags by which a switch chip and the processor beside it say through which port a frame came or goes, by
/// link type (tcpdump.org/linktypes).</summary>
internal enum SwitchPortTag
{
    /// <summary>Broadcom's, behind the addresses (LINKTYPE_DSA_TAG_BRCM).</summary>
    Broadcom,

    /// <summary>Broadcom's, before the addresses (LINKTYPE_DSA_TAG_BRCM_PREPEND).</summary>
    BroadcomFirst,

    /// <summary>Marvell's, behind the addresses, in place of the VLAN tag that the frame has outside
    /// (LINKTYPE_DSA_TAG_DSA).</summary>
    Marvell,

    /// <summary>The same behind an EtherType of its own (LINKTYPE_DSA_TAG_EDSA).</summary>
    MarvellTyped,
}
