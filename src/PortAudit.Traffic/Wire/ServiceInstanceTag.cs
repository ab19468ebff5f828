using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A service instance tag after its type, with the customer addresses and the type of the payload (IEEE 802.1Q
/// §9.7, MAC-in-MAC), viewed in place.</summary>
internal readonly ref struct ServiceInstanceTag : ILinkHeader<ServiceInstanceTag>
{
    /// <summary>Length of the tag control field, both customer addresses and the next type, in bytes.</summary>
    public const int HeaderLength = 18;

    private const uint IdentifierMask = 0x00FF_FFFF;

    private readonly ReadOnlySpan<byte> _bytes;

    private ServiceInstanceTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ServiceInstanceTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new ServiceInstanceTag(bytes);
        return true;
    }

    int IWireHeader<ServiceInstanceTag>.HeaderLength => HeaderLength;

    /// <summary>Service instance identifier, 0 to 16777215.</summary>
    public uint Identifier => BinaryPrimitives.ReadUInt32BigEndian(_bytes) & IdentifierMask;

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[16..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
