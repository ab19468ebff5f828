using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>Cisco's FabricPath tag after its type, with the addresses of the inner frame and the type of its payload,
/// viewed in place (Cisco, "Configuring FabricPath Forwarding": the outer frame has switch addresses, type 0x8903,
/// forwarding tag and time to live). Seen on mirror ports inside such a fabric.</summary>
internal readonly ref struct FabricPathTag : ILinkHeader<FabricPathTag>
{
    /// <summary>Length of forwarding tag and time to live, both addresses and the next type, in bytes.</summary>
    public const int HeaderLength = 16;

    private const int TimeToLiveBits = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private FabricPathTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out FabricPathTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new FabricPathTag(bytes);
        return true;
    }

    int IWireHeader<FabricPathTag>.HeaderLength => HeaderLength;

    /// <summary>Forwarding tag of the topology or tree, 0 to 1023.</summary>
    public ushort ForwardingTag => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> TimeToLiveBits);

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
