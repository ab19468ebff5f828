using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>An IPv4 packet (RFC 791 §3.1), viewed in place.</summary>
internal readonly ref struct Ipv4Packet
{
    /// <summary>Length of a header without options, in bytes.</summary>
    public const int MinimumHeaderLength = 20;

    private const int Version = 4;
    private const int MinimumInternetHeaderLength = 5;
    private const ushort MoreFragments = 0x2000;
    private const ushort FragmentOffsetMask = 0x1FFF;
    private const int FragmentUnit = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv4Packet(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header, including options. An IHL below 5, or a nonzero
    /// total length shorter than the header, is <see cref="ParseError.BadLength"/>; outgoing packets captured before
    /// segmentation offload have 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv4Packet packet, out ParseError error)
    {
        packet = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        packet = new Ipv4Packet(bytes);
        return true;
    }

    /// <summary>Length of the header with options (IHL), in bytes: 20 to 60.</summary>
    public int HeaderLength => (_bytes[0] & 0x0F) * 4;

    /// <summary>Total length as sent, in bytes; 0 before segmentation offload.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Identification, shared by the fragments of a datagram (RFC 6864 §4). Most senders give each datagram
    /// its own; others write 0 when fragmentation is forbidden.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>True for any fragment, first to last.</summary>
    public bool IsFragment => (FlagsAndOffset & (MoreFragments | FragmentOffsetMask)) != 0;

    /// <summary>True unless this is the last fragment or the whole datagram.</summary>
    public bool MoreFollow => (FlagsAndOffset & MoreFragments) != 0;

    /// <summary>Offset of the payload in the datagram, in bytes: 0 for the first fragment.</summary>
    public int FragmentOffset => (FlagsAndOffset & FragmentOffsetMask) * FragmentUnit;

    /// <summary>Time to live.</summary>
    public byte TimeToLive => _bytes[8];

    public IpProtocol Protocol => new(_bytes[9]);

    /// <summary>Source address.</summary>
    public IpAddress Source => IpAddress.FromIpv4(_bytes[12..]);

    /// <summary>Destination address as sent: of a source-routed datagram, the next hop.</summary>
    public IpAddress NextDestination => IpAddress.FromIpv4(_bytes[16..]);

    /// <summary>Final destination: the last address of an unfinished source route (RFC 791 §3.1, "Loose Source and
    /// Record Route"), else the destination address. The conversation is with this address.</summary>
    public IpAddress Destination => HeaderLength > MinimumHeaderLength
        ? Ipv4SourceRoute.LastOf(_bytes[MinimumHeaderLength..HeaderLength]) ?? NextDestination
        : NextDestination;

    /// <summary>Payload bytes announced; unlimited when the total length is 0.</summary>
    public int AnnouncedPayloadLength => (TotalLength == 0 ? int.MaxValue : TotalLength) - HeaderLength;

    /// <summary>The captured payload, without link padding.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    /// <summary>True when the header announces more payload than was captured.</summary>
    public bool IsCut => TotalLength > _bytes.Length;

    private ushort FlagsAndOffset => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (bytes[0] >> 4 != Version)
            return ParseError.BadVersion;
        var internetHeaderLength = bytes[0] & 0x0F;
        if (internetHeaderLength < MinimumInternetHeaderLength)
            return ParseError.BadLength;
        if (bytes.Length < internetHeaderLength * 4)
            return ParseError.Incomplete;
        var totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return totalLength != 0 && totalLength < internetHeaderLength * 4 ? ParseError.BadLength : ParseError.None;
    }
}
