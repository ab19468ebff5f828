using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The header of macOS's interface <c>pktap</c> (LINKTYPE_PKTAP; <c>struct pktap_header</c> of Apple's xnu),
/// viewed in place. Little-endian.</summary>
internal readonly ref struct PktapHeader : IWireHeader<PktapHeader>
{
    /// <summary>Length of the first version, in bytes: later ones are longer.</summary>
    public const int MinimumLength = 108;

    private const uint PacketRecord = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private PktapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A length below <see cref="MinimumLength"/> is
    /// <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PktapHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new PktapHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => (int)LengthOf(_bytes);

    /// <summary>True when a packet follows; other records are not traffic.</summary>
    public bool HasPacket => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]) == PacketRecord;

    /// <summary>Link type of the packet, a libpcap number.</summary>
    public uint LinkType => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(uint))
            return ParseError.Incomplete;
        if (LengthOf(bytes) < MinimumLength)
            return ParseError.BadLength;
        return (uint)bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static uint LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
