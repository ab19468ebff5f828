using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The header of a packet logged by Linux' packet filter (<c>tcpdump -i nflog</c>; LINKTYPE_NFLOG,
/// tcpdump.org/linktypes), viewed in place: family, version and resource, then attributes, one of which is the
/// packet.</summary>
internal readonly ref struct NflogHeader : ILinkHeader<NflogHeader>
{
    private const int FixedLength = 4;
    private const int AttributeHeaderLength = 4;
    private const int Alignment = 4;
    private const ushort PacketAttribute = 9; // NFULA_PAYLOAD of linux/netfilter/nfnetlink_log.h
    private const ushort HeadAttribute = 1; // NFULA_PACKET_HDR: protocol of the link, hook
    private const int ProtocolLength = 2;
    private const byte Inet = 2;
    private const byte Bridge = 7;
    private const byte Inet6 = 10;

    /// <summary>Attributes read before the packet: Linux knows some twenty, and writes each once.</summary>
    private const int MaximumAttributes = 64;

    private readonly ReadOnlySpan<byte> _bytes;

    private readonly ushort _linkProtocol;

    private NflogHeader(ReadOnlySpan<byte> bytes, int length, ushort linkProtocol)
    {
        _bytes = bytes;
        _linkProtocol = linkProtocol;
        HeaderLength = length;
    }

    /// <summary>True when <paramref name="bytes"/> extend to the packet. Another version is
    /// <see cref="ParseError.BadVersion"/>, an attribute shorter than its header
    /// <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NflogHeader header, out ParseError error)
    {
        error = Find(bytes, out var length, out var linkProtocol);
        header = error == ParseError.None ? new NflogHeader(bytes, length, linkProtocol) : default;
        return error == ParseError.None;
    }

    /// <summary>Bytes before the packet.</summary>
    public int HeaderLength { get; }

    /// <inheritdoc/>
    public ushort EtherType => _bytes[0] switch
    {
        Inet => Wire.EtherType.Ipv4,
        Inet6 => Wire.EtherType.Ipv6,
        Bridge => _linkProtocol,
        _ => Wire.EtherType.None,
    };

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Find(ReadOnlySpan<byte> bytes, out int length, out ushort linkProtocol)
    {
        (length, linkProtocol) = (FixedLength, Wire.EtherType.None);
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        if (bytes[1] != 0)
            return ParseError.BadVersion;
        for (var i = 0; i < MaximumAttributes; i++)
        {
            if (bytes.Length < length + AttributeHeaderLength)
                return ParseError.Incomplete;
            var (attributeLength, type) = ReadAttribute(bytes[length..]);
            if (attributeLength < AttributeHeaderLength)
                return ParseError.BadLength;
            if (type == PacketAttribute)
            {
                length += AttributeHeaderLength;
                return ParseError.None;
            }

            if (type == HeadAttribute && attributeLength >= AttributeHeaderLength + ProtocolLength
                && bytes.Length >= length + AttributeHeaderLength + ProtocolLength)
                linkProtocol = BinaryPrimitives.ReadUInt16BigEndian(bytes[(length + AttributeHeaderLength)..]);
            length += (attributeLength + Alignment - 1) & -Alignment;
        }

        return ParseError.BadValue;
    }

    /// <summary>Length including the header, and type, in the writer's byte order: types are small and nonzero, so the
    /// zero byte shows the order.</summary>
    private static (ushort Length, ushort Type) ReadAttribute(ReadOnlySpan<byte> bytes) => bytes[3] == 0
        ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]))
        : (BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
}
