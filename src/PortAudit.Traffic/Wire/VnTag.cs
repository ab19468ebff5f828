using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A VN-Tag after its type (Cisco, "Network Interface Virtualization", the basis of IEEE 802.1BR), with the
/// type of the payload, viewed in place. Used between switches and fabric extenders or blade server adapters.</summary>
internal readonly ref struct VnTag : ILinkHeader<VnTag>
{
    /// <summary>Length of the tag's fields and the next type, in bytes.</summary>
    public const int HeaderLength = 6;

    private const int InterfaceMask = 0x3FFF;

    private readonly ReadOnlySpan<byte> _bytes;

    private VnTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out VnTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new VnTag(bytes);
        return true;
    }

    int IWireHeader<VnTag>.HeaderLength => HeaderLength;

    /// <summary>Destination virtual interface, 0 to 16383.</summary>
    public ushort DestinationInterface => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) & InterfaceMask);

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
