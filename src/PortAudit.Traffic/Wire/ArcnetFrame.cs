namespace PortAudit.Traffic.Wire;

/// <summary>An ARCNET frame, viewed in place: one-byte addresses, a system code, and for the codes of RFC 1201 a header
/// that splits long packets. Linux puts two bytes before the code and reassembles packets (LINKTYPE_ARCNET_LINUX), BSD
/// does neither (LINKTYPE_ARCNET_BSD), tcpdump.org/linktypes.</summary>
internal readonly ref struct ArcnetFrame
{
    private const int AddressesLength = 2;
    private const int OffsetLength = 2;
    private const int CodeLength = 1;

    /// <summary>Split flag and sequence number (RFC 1201 §2.1).</summary>
    private const int SplitLength = 3;

    /// <summary>Split flag of a frame padded to an allowed length: code, split flag and sequence number are repeated
    /// after three bytes (RFC 1201 §2.2).</summary>
    private const byte Exception = 0xFF;
    private const int ExceptionLength = 4;

    // System codes (RFC 1201 §5, RFC 1051 §"ARCNET link layer").
    private const byte Ipv4 = 212;
    private const byte Ipv6 = 196;
    private const byte OldIpv4 = 240;
    private const byte OldArp = 241;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _codeAt;

    private ArcnetFrame(ReadOnlySpan<byte> bytes, bool isOfLinux)
    {
        _bytes = bytes;
        _codeAt = isOfLinux ? AddressesLength + OffsetLength : AddressesLength;
    }

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isOfLinux, out ArcnetFrame frame, out ParseError error)
    {
        frame = new ArcnetFrame(bytes, isOfLinux);
        error = bytes.Length < frame._codeAt + CodeLength || bytes.Length < frame.LengthWithoutException
            || bytes.Length < frame.HeaderLength
            ? ParseError.Incomplete
            : ParseError.None;
        return error == ParseError.None;
    }

    /// <summary>Length of the header, in bytes.</summary>
    public int HeaderLength => LengthWithoutException + (IsException ? ExceptionLength : 0);

    /// <summary>What the payload is: IPv4, IPv6, or <see cref="EtherType.None"/> for anything else and for a later part
    /// of a packet.</summary>
    public ushort EtherType => Code switch
    {
        OldIpv4 => Wire.EtherType.Ipv4,
        Ipv4 when !IsLaterPart => Wire.EtherType.Ipv4,
        Ipv6 when !IsLaterPart => Wire.EtherType.Ipv6,
        _ => Wire.EtherType.None,
    };

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private byte Code => _bytes[_codeAt];

    private bool IsSplit => Code is not (OldIpv4 or OldArp);

    private bool IsException => IsSplit && _bytes[_codeAt + CodeLength] == Exception;

    /// <summary>The first part of a packet says by an odd flag how many there are, a whole one has 0.</summary>
    private bool IsLaterPart => _bytes[HeaderLength - SplitLength] is not 0 and var flag && (flag & 1) == 0;

    private int LengthWithoutException => _codeAt + CodeLength + (IsSplit ? SplitLength : 0);
}
