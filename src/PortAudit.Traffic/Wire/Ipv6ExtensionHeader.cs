using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An IPv6 extension header to skip (RFC 8200 §4), viewed in place. Excludes the Authentication Header, which
/// counts its length differently and is a protocol to firewalls, and the mobility header, a message that nothing
/// follows (RFC 6275 §6.1.1).</summary>
internal readonly ref struct Ipv6ExtensionHeader
{
    /// <summary>Length of the shortest extension header, in bytes.</summary>
    public const int MinimumLength = 8;

    private const byte HopByHopOptions = 0;
    private const byte Routing = 43;
    private const byte Fragment = 44;
    private const byte DestinationOptions = 60;

    private const ushort MoreFragments = 0x0001;
    private const ushort FragmentOffsetMask = 0xFFF8;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly byte _number;

    private Ipv6ExtensionHeader(ReadOnlySpan<byte> bytes, byte number)
    {
        _bytes = bytes;
        _number = number;
    }

    /// <summary>True for supported header numbers.</summary>
    public static bool IsExtension(byte nextHeader) =>
        nextHeader is HopByHopOptions or Routing or Fragment or DestinationOptions;

    /// <summary>True when <paramref name="bytes"/> hold the whole header.</summary>
    /// <param name="bytes">The header and its payload.</param>
    /// <param name="number">Its number, accepted by <see cref="IsExtension"/>.</param>
    /// <param name="header">The view.</param>
    /// <param name="error"><see cref="ParseError.Incomplete"/> or none.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, byte number, out Ipv6ExtensionHeader header,
        out ParseError error)
    {
        header = default;
        error = ParseError.Incomplete;
        if (bytes.Length < MinimumLength)
            return false;
        var parsed = new Ipv6ExtensionHeader(bytes, number);
        if (bytes.Length < parsed.HeaderLength)
            return false;
        header = parsed;
        error = ParseError.None;
        return true;
    }

    /// <summary>Number of the next header or protocol.</summary>
    public byte NextHeader => _bytes[0];

    /// <summary>Length of this header in bytes: a multiple of 8; a fragment header has no length field.</summary>
    public int HeaderLength => IsFragmentHeader ? MinimumLength : (_bytes[1] + 1) * 8;

    /// <summary>True for the fragment header of an incomplete packet; an atomic fragment (RFC 6946) is
    /// complete.</summary>
    public bool IsFragment => IsFragmentHeader && (OffsetAndFlags & (FragmentOffsetMask | MoreFragments)) != 0;

    /// <summary>Offset of the payload in the packet, in bytes: 0 for the first fragment and without a fragment
    /// header.</summary>
    public int FragmentOffset => IsFragmentHeader ? OffsetAndFlags & FragmentOffsetMask : 0;

    /// <summary>True for a fragment header other than the last fragment's.</summary>
    public bool MoreFollow => IsFragmentHeader && (OffsetAndFlags & MoreFragments) != 0;

    /// <summary>Number shared by the fragments of a packet; 0 without a fragment header.</summary>
    public uint Identification => IsFragmentHeader ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) : 0;

    /// <summary>Final destination of an unfinished route (<see cref="Ipv6Route"/>); null otherwise.</summary>
    public IpAddress? FinalDestination => _number == Routing ? Ipv6Route.LastOf(_bytes[..HeaderLength]) : null;

    /// <summary>Home address of a mobile sender (<see cref="Ipv6HomeAddress"/>); null without one.</summary>
    public IpAddress? HomeAddress => _number == DestinationOptions ? Ipv6HomeAddress.In(_bytes[..HeaderLength]) : null;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private bool IsFragmentHeader => _number == Fragment;

    private ushort OffsetAndFlags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);
}
