using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>A STUN header (RFC 8489 §5, RFC 3489 §11.1) and its attributes, viewed in place. TURN and Microsoft's TURN
/// use the same header.</summary>
internal readonly ref struct StunMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 20;

    /// <summary>Attributes read at most: a message has about a dozen.</summary>
    public const int MaximumAttributes = 64;

    /// <summary>Bytes needed to test for the cookie.</summary>
    public const int CookieEnd = 8;

    private const uint MagicCookie = 0x2112A442;

    /// <summary>[MS-TURN] 2.2.2, Magic Cookie: the first attribute of every message, type 0x000F and length 4, then its
    /// fixed value.</summary>
    private const uint MicrosoftCookieHeader = 0x000F_0004;
    private const uint MicrosoftCookie = 0x72C6_4BC6;
    private const int MicrosoftCookieLength = 8;

    private const int AttributeHeaderLength = 4;
    private const int AddressAttributeLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private StunMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such message begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 6 == 0;

    /// <summary>True when <paramref name="bytes"/> hold a header: top bits clear, length a multiple of four. Attributes
    /// may be cut; excludes what follows the message. RFC 3489 attributes are also whole words (§11.2); Microsoft's
    /// TURN has any length, without padding.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out StunMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var candidate = new StunMessage(bytes[..Math.Min(bytes.Length, HeaderLength + length)]);
        error = candidate.MayBeMicrosoft ? ParseError.Incomplete : ParseError.BadLength;
        if (length % 4 != 0 && !candidate.IsMicrosoft)
            return false;
        message = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Class and method, interleaved.</summary>
    public ushort Type => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Length of the message including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>True for the cookie of RFC 5389 §6.</summary>
    public bool HasCookie => HasCookieAt(_bytes);

    /// <summary>The cookie and the transaction id, 16 bytes: RFC 3489's whole transaction id.</summary>
    public ReadOnlySpan<byte> TransactionId => _bytes[4..HeaderLength];

    /// <summary>True when the message begins with the cookie attribute of Microsoft's TURN.</summary>
    public bool IsMicrosoft =>
        _bytes.Length >= HeaderLength + MicrosoftCookieLength
        && BinaryPrimitives.ReadUInt32BigEndian(_bytes[HeaderLength..]) == MicrosoftCookieHeader
        && BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HeaderLength + AttributeHeaderLength)..]) == MicrosoftCookie;

    /// <summary>True when the bytes end before <see cref="IsMicrosoft"/> is decided.</summary>
    public bool MayBeMicrosoft
    {
        get
        {
            var seen = _bytes[HeaderLength..];
            return TotalLength >= HeaderLength + MicrosoftCookieLength && seen.Length < MicrosoftCookieLength
                && seen.CommonPrefixLength((ReadOnlySpan<byte>)[0x00, 0x0F, 0x00, 0x04, 0x72, 0xC6, 0x4B,
                    0xC6]) == seen.Length;
        }
    }

    public StunClass Class => (StunClass)(((Type >> 7) & 2) | ((Type >> 4) & 1));

    /// <summary>Method without the class bits (RFC 8489 §5).</summary>
    public int Method => (Type & 0x000F) | ((Type >> 1) & 0x0070) | ((Type >> 2) & 0x0F80);

    /// <summary>The attributes present (RFC 8489 §14).</summary>
    public StunAttributes Attributes => new(_bytes[HeaderLength..], isPadded: !IsMicrosoft);

    /// <summary>True when bytes, at least <see cref="CookieEnd"/>, have the cookie.</summary>
    public static bool HasCookieAt(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == MagicCookie;

    public bool Has(ushort type) => TryFind(type, out _);

    /// <summary>The value present of the first attribute of a type (RFC 8489 §14: later ones are ignored).</summary>
    public bool TryFind(ushort type, out ReadOnlySpan<byte> value)
    {
        var attributes = Attributes;
        while (attributes.TryNext(out var found, out value))
        {
            if (found == type)
                return true;
        }

        return false;
    }

    /// <summary>True for a complete RFC 3489 §11 message without cookie: one of its six types, filled by its own
    /// well-formed attributes. Without attributes it is too short to be proof.</summary>
    public bool IsClassic
    {
        get
        {
            if (Type is not (0x0001 or 0x0101 or 0x0111 or 0x0002 or 0x0102 or 0x0112) || _bytes.Length != TotalLength)
                return false;
            var rest = _bytes[HeaderLength..];
            for (var i = 0; i < MaximumAttributes && !rest.IsEmpty; i++)
            {
                var length = rest.Length < AttributeHeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                if (rest.Length < AttributeHeaderLength + length
                    || !IsClassicAttribute(rest[..(AttributeHeaderLength + length)]))
                    return false;
                rest = rest[(AttributeHeaderLength + length)..];
            }

            return rest.IsEmpty && _bytes.Length > HeaderLength;
        }
    }

    /// <summary>RFC 3489 §11.2: types 1 to 11; types from 0x8000 may be anything. Addresses (§11.2.1) are
    /// IPv4.</summary>
    private static bool IsClassicAttribute(ReadOnlySpan<byte> attribute)
    {
        if (attribute.Length < AttributeHeaderLength || attribute.Length % 4 != 0)
            return false;
        var value = attribute[AttributeHeaderLength..];
        return BinaryPrimitives.ReadUInt16BigEndian(attribute) switch
        {
            0x0001 or 0x0002 or 0x0004 or 0x0005 or 0x000B => value.Length == AddressAttributeLength && value[1] == 1,
            0x0003 => value.Length == 4,
            0x0006 or 0x0007 or 0x000A => true,
            0x0008 => value.Length == 20,
            0x0009 => value.Length >= 4,
            >= 0x8000 => true,
            _ => false,
        };
    }
}
