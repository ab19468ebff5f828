using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Bacnet;

/// <summary>A message of BACnet/IP, from its virtual link control on (ASHRAE 135 Annex J.2), viewed in place.</summary>
internal readonly ref struct BvlcMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>First byte of every message: BACnet/IP (Annex J.2.1).</summary>
    public const byte Type = 0x81;

    private const byte NetworkVersion = 1; // clause 6.2.1
    private const int ForwardedAddressLength = 6;
    private const int TableEntryLength = 10;

    private readonly ReadOnlySpan<byte> _bytes;

    private BvlcMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/>, a datagram, hold a header with length and content valid for its
    /// function.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isWhole, out BvlcMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (bytes[0] != Type)
            return false;
        error = ParseError.BadLength;
        var read = new BvlcMessage(bytes);
        if ((isWhole && read.Length != bytes.Length) || read.Length < bytes.Length || !read.HasLengthOfFunction
            || !read.HasNetworkVersion)
            return false;
        message = read;
        error = ParseError.None;
        return true;
    }

    /// <summary>Function (Annex J.2).</summary>
    public byte Function => _bytes[1];

    /// <summary>Length of the whole message, in bytes.</summary>
    public int Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Sender, by function and service (Annex J.2, clause 20.1).</summary>
    public SideMatch Side => Function switch
    {
        0x01 or 0x02 or 0x05 or 0x06 or 0x08 => SideMatch.Request,
        0x00 or 0x03 or 0x07 => SideMatch.Reply,
        0x0A => ApplicationUnit.TryParse(NetworkUnit, out var unit) ? unit.Side : SideMatch.EitherSide,
        _ => SideMatch.EitherSide,
    };

    private bool HasLengthOfFunction => Function switch
    {
        0x00 or 0x05 => Length == 6,
        0x01 or 0x03 or 0x07 => (Length - HeaderLength) % TableEntryLength == 0,
        0x02 or 0x06 => Length == HeaderLength,
        0x08 => Length == HeaderLength + 6,
        0x04 => Length >= HeaderLength + ForwardedAddressLength + 2,
        0x09 or 0x0A or 0x0B => Length >= HeaderLength + 2,
        _ => false,
    };

    private bool HasNetworkVersion =>
        Function is not (0x04 or 0x09 or 0x0A or 0x0B) || NetworkUnit is [] or [NetworkVersion, ..];

    private ReadOnlySpan<byte> NetworkUnit
    {
        get
        {
            var start = HeaderLength + (Function == 0x04 ? ForwardedAddressLength : 0);
            return _bytes[Math.Min(start, _bytes.Length)..];
        }
    }
}
