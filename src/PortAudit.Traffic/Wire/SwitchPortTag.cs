namespace PortAudit.Traffic.Wire;

/// <summary>Tags between a switch chip and its CPU that name the port of a frame, by link type
/// (tcpdump.org/linktypes).</summary>
internal enum SwitchPortTag
{
    /// <summary>Broadcom, after the addresses (LINKTYPE_DSA_TAG_BRCM).</summary>
    Broadcom,

    /// <summary>Broadcom, before the addresses (LINKTYPE_DSA_TAG_BRCM_PREPEND).</summary>
    BroadcomFirst,

    /// <summary>Marvell, after the addresses, replacing the outer VLAN tag (LINKTYPE_DSA_TAG_DSA).</summary>
    Marvell,

    /// <summary>Marvell, after an EtherType (LINKTYPE_DSA_TAG_EDSA).</summary>
    MarvellTyped,
}
