using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An Ethernet frame with a <see cref="SwitchPortTag"/>, viewed in place: captured on the CPU port of a router
/// or small firewall with an integrated switch (Linux, "Distributed Switch Architecture").</summary>
internal readonly ref struct SwitchPortFrame
{
    private const int AddressesLength = 12;
    private const int TagLength = 4;

    /// <summary>Type and two reserved bytes before a typed Marvell tag.</summary>
    private const int TypedPrefixLength = 4;

    private const int TypeLength = sizeof(ushort);
    private const byte IsTagged = 0x20;
    private const int VlanMask = 0x0FFF;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly SwitchPortTag _kind;

    private SwitchPortFrame(ReadOnlySpan<byte> bytes, SwitchPortTag kind)
    {
        _bytes = bytes;
        _kind = kind;
    }

    /// <summary>True when <paramref name="bytes"/> hold addresses, tag and type.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, SwitchPortTag kind, out SwitchPortFrame frame,
        out ParseError error)
    {
        frame = new SwitchPortFrame(bytes, kind);
        error = bytes.Length < frame.HeaderLength ? ParseError.Incomplete : ParseError.None;
        return error == ParseError.None;
    }

    /// <summary>Length of addresses, tag and type, in bytes.</summary>
    public int HeaderLength => AddressesLength + PrefixLength + TagLength + TypeLength;

    /// <summary>The outer VLAN, if the tag replaces its tag; 0 without one, or when its tag remains.</summary>
    public ushort Vlan => _kind is SwitchPortTag.Marvell or SwitchPortTag.MarvellTyped && (Tag[0] & IsTagged) != 0
        ? (ushort)(BinaryPrimitives.ReadUInt16BigEndian(Tag[2..]) & VlanMask)
        : VlanTag.NullIdentifier;

    /// <summary>The type after the header, as in any Ethernet frame.</summary>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[(HeaderLength - TypeLength)..]);

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private int PrefixLength => _kind == SwitchPortTag.MarvellTyped ? TypedPrefixLength : 0;

    private ReadOnlySpan<byte> Tag => _bytes[(AddressesLength + PrefixLength)..];
}
