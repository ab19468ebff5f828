using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A subframe of an IEEE 802.11 aggregate (A-MSDU, IEEE 802.11-2020 §9.3.2.2.2), viewed in place.</summary>
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

    public ushort AnnouncedPayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>Length of the whole subframe including padding before the next one, in bytes.</summary>
    public int PaddedLength => (HeaderLength + AnnouncedPayloadLength + Alignment - 1) & -Alignment;

    /// <summary>Always logical link control.</summary>
    public ushort EtherType => Wire.EtherType.Llc;

    /// <summary>The payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));
}
