using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>One of the payloads that an IEEE 802.11 frame carries together, with its header (IEEE 802.11-2020
/// §9.3.2.2.2), viewed in place.</summary>
internal readonly ref struct AmsduSubframe : ILinkHeader<AmsduSubframe>
{
    /// <summary>Length of both addresses and the length field, in bytes.</summary>
    public const int HeaderLength = 14;

    private const int Alignment = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private AmsduSubframe(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AmsduSubframe subframe, out ParseError error)
    {
        subframe = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        subframe = new AmsduSubframe(bytes);
        return true;
    }

    int IWireHeader<AmsduSubframe>.HeaderLength => HeaderLength;

    /// <summary>Bytes of payload that the header announces.</summary>
    public ushort AnnouncedPayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>Length of the whole subframe with the padding that stands before the next one, in bytes.</summary>
    public int PaddedLength => (HeaderLength + AnnouncedPayloadLength + Alignment - 1) & -Alignment;

    /// <summary>Logical link control, always.</summary>
    public ushort EtherType => Wire.EtherType.Llc;

    /// <summary>The payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));
}
