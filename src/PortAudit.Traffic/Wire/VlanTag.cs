using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>A VLAN tag after its type (IEEE 802.1Q §9.6), with the type of the payload, viewed in place.</summary>
internal readonly ref struct VlanTag : ILinkHeader<VlanTag>
{
    /// <summary>Length of the tag control field and the next type, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Identifier of a tag with only a priority: it assigns no VLAN (IEEE 802.1Q table 9-2).</summary>
    public const ushort NullIdentifier = 0;

    private const ushort IdentifierMask = 0x0FFF;

    private readonly ReadOnlySpan<byte> _bytes;

    private VlanTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VlanTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new VlanTag(bytes);
        return true;
    }

    int IWireHeader<VlanTag>.HeaderLength => HeaderLength;

    /// <summary>VLAN identifier, 0 to 4095.</summary>
    public ushort Identifier => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & IdentifierMask);

    /// <summary>EtherType of the payload, or its length when below <see cref="Wire.EtherType.Minimum"/>.</summary>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>What follows the tag.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
