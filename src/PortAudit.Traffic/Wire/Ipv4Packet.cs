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

    /// <summary>
    /// True when <paramref name="bytes"/> hold a whole header, options included. An IHL below 5 or a total length
    /// shorter than the header is <see cref="ParseError.BadLength"/>, unless it is 0: segmentation offload leaves it so
    /// in packets that were captured on their way to the network card.
    /// </summary>
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

    /// <summary>Length of the header with its options (IHL), in bytes: 20 to 60.</summary>
    public int HeaderLength => (_bytes[0] & 0x0F) * 4;

    /// <summary>Total length as written, in bytes: 0 when left to offload.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Identification: tells fragments of one datagram from those of another (RFC 6864 §4); most senders give
    /// each datagram its own, others write 0 where none may be divided.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>True when more fragments follow or some came before.</summary>
    public bool IsFragment => (FlagsAndOffset & (MoreFragments | FragmentOffsetMask)) != 0;

    /// <summary>True unless this is the last fragment, or all there is.</summary>
    public bool MoreFollow => (FlagsAndOffset & MoreFragments) != 0;

    /// <summary>Where the payload belongs in the whole datagram, in bytes: 0 for the first fragment.</summary>
    public int FragmentOffset => (FlagsAndOffset & FragmentOffsetMask) * FragmentUnit;

    /// <summary>Time to live.</summary>
    public byte TimeToLive => _bytes[8];

    /// <summary>The protocol of the payload.</summary>
    public IpProtocol Protocol => new(_bytes[9]);

    /// <summary>Source address.</summary>
    public IpAddress Source => IpAddress.FromIpv4(_bytes[12..]);

    /// <summary>Destination address as written: of a source-routed datagram, the next hop of its route.</summary>
    public IpAddress NextDestination => IpAddress.FromIpv4(_bytes[16..]);

    /// <summary>
    /// Where the datagram goes: the last address of a source route that is not yet used up (RFC 791 §3.1, "Loose Source
    /// and Record Route"), else the destination address. The conversation is with this address; the hops in between
    /// only pass it on.
    /// </summary>
    public IpAddress Destination => HeaderLength > MinimumHeaderLength
        ? Ipv4SourceRoute.LastOf(_bytes[MinimumHeaderLength..HeaderLength]) ?? NextDestination
        : NextDestination;

    /// <summary>Bytes of payload that the header announces; all there can be when the total length is 0.</summary>
    public int AnnouncedPayloadLength => (TotalLength == 0 ? int.MaxValue : TotalLength) - HeaderLength;

    /// <summary>The payload as far as it was captured, without link padding.</summary>
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
