using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A VXLAN header (RFC 7348 §5), optionally with extensions for group policy
/// (draft-smith-vxlan-group-policy-05 §2.1) or other payloads (VXLAN-GPE, draft-ietf-nvo3-vxlan-gpe §3), viewed in
/// place.</summary>
internal readonly ref struct VxlanHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary><see cref="NextProtocol"/> of IPv4.</summary>
    public const byte NextIpv4 = 1;

    /// <summary><see cref="NextProtocol"/> of IPv6.</summary>
    public const byte NextIpv6 = 2;

    /// <summary><see cref="NextProtocol"/> of an Ethernet frame, the only payload of plain VXLAN.</summary>
    public const byte NextEthernet = 3;

    /// <summary><see cref="NextProtocol"/> of a Network Service Header.</summary>
    public const byte NextNsh = 4;

    private const byte VniPresent = 0x08;
    private const byte NextProtocolPresent = 0x04;
    private const byte GroupPolicy = 0x80;
    private const uint FlagsOutsideBase = 0xF7FF_FFFF;

    // Group policy also uses the bits "don't learn" and "applied", and two bytes for the group.
    private const uint FlagsOutsideGroupPolicy = 0x77B7_0000;

    private readonly ReadOnlySpan<byte> _bytes;

    private VxlanHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => (first & VniPresent) != 0;

    /// <summary>True when <paramref name="bytes"/> hold a whole header with the I flag, required for a valid
    /// identifier; without it the error is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VxlanHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new VxlanHeader(bytes);
        return true;
    }

    /// <summary>True when reserved bits are set, which senders must not do: a doubt when only the port suggests VXLAN.
    /// VXLAN-GPE sets some (<see cref="IsExtended"/>).</summary>
    public bool HasReservedBits =>
        _bytes[7] != 0 || (BinaryPrimitives.ReadUInt32BigEndian(_bytes) & ((_bytes[0] & GroupPolicy) != 0
            ? FlagsOutsideGroupPolicy
            : FlagsOutsideBase)) != 0;

    /// <summary>True for VXLAN-GPE, sent to VXLAN's port by some senders: flags name the payload, and no bit is set
    /// that must be 0.</summary>
    public bool IsExtended =>
        _bytes[0] == (VniPresent | NextProtocolPresent) && _bytes[1] == 0 && _bytes[2] == 0 && _bytes[7] == 0;

    /// <summary>Payload type of VXLAN-GPE.</summary>
    public byte NextProtocol => (_bytes[0] & NextProtocolPresent) != 0 ? _bytes[3] : NextEthernet;

    /// <summary>VXLAN network identifier, 0 to 16777215.</summary>
    public uint Vni => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8;

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (!MayBeginWith(bytes[0]))
            return ParseError.BadValue;
        return bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
