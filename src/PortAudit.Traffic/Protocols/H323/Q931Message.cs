using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>A Q.931 message as in H.225.0 §7.2, viewed in place: a two-byte call reference, message type, and
/// information elements up to user-user.</summary>
internal readonly ref struct Q931Message
{
    /// <summary>Length before the information elements, in bytes.</summary>
    public const int HeaderLength = 5;

    /// <summary>Information elements read before user-user: bearer capability, display, numbers, progress and facility,
    /// some repeated.</summary>
    public const int MaximumElements = 24;

    /// <summary>Discriminator of user-user information in ASN.1 (Q.931 §4.5.30, H.225.0 §7.2.2.31).</summary>
    private const byte Asn1Discriminator = 5;

    private const byte ProtocolDiscriminator = 8;
    private const byte ReferenceLength = 2;
    private const byte UserUser = 0x7E;

    /// <summary>Length and discriminator before the ASN.1.</summary>
    private const int UserUserHeaderLength = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private Q931Message(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the header of an H.225.0 message. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Q931Message message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && bytes[0] != ProtocolDiscriminator)
            || (bytes.Length > 1 && bytes[1] != ReferenceLength))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (!IsKnown(bytes[4]))
            return false;
        message = new Q931Message(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>True for a message from the called side: the flag of the call reference (Q.931 §4.3).</summary>
    public bool IsFromCalled => (_bytes[2] & 0x80) != 0;

    /// <summary>Message type.</summary>
    public byte Type => _bytes[4];

    /// <summary>Validates the elements: <see cref="ParseError.None"/> when user-user with ASN.1 was found,
    /// <see cref="ParseError.Incomplete"/> when cut before it.</summary>
    public ParseError FindUserInformation()
    {
        var error = FindUserUser(out var element);
        return error == ParseError.None ? CheckUserInformation(element) : error;
    }

    /// <summary>The ASN.1 bytes present in the user-user element; empty when <see cref="FindUserInformation"/> finds
    /// none.</summary>
    public ReadOnlySpan<byte> UserInformation
    {
        get
        {
            if (FindUserUser(out var element) != ParseError.None || CheckUserInformation(element) != ParseError.None)
                return [];
            var length = BinaryPrimitives.ReadUInt16BigEndian(element);
            return element.Slice(UserUserHeaderLength, Math.Min(length - 1, element.Length - UserUserHeaderLength));
        }
    }

    /// <summary>Finds the user-user element, returned from its length.</summary>
    private ParseError FindUserUser(out ReadOnlySpan<byte> element)
    {
        element = default;
        var rest = _bytes[HeaderLength..];
        for (var i = 0; i < MaximumElements && !rest.IsEmpty; i++)
        {
            if (rest[0] == UserUser)
            {
                element = rest[1..];
                return ParseError.None;
            }

            // Single-byte elements have the top bit set (Q.931 §4.5.1); others have a length.
            if (rest[0] >= 0x80)
                rest = rest[1..];
            else if (rest.Length < 2)
                return ParseError.Incomplete;
            else
                rest = rest[Math.Min(rest.Length, 2 + rest[1])..];
        }

        return rest.IsEmpty ? ParseError.Incomplete : ParseError.BadValue;
    }

    private static ParseError CheckUserInformation(ReadOnlySpan<byte> element)
    {
        // H.225.0 §7.2.2.31 gives this element a two-byte length.
        if (element.Length <= 2)
            return ParseError.Incomplete;
        return BinaryPrimitives.ReadUInt16BigEndian(element) > 1 && element[2] == Asn1Discriminator
            ? ParseError.None
            : ParseError.BadValue;
    }

    /// <summary>Alerting, call proceeding, progress, setup, connect and their acknowledgments, release complete,
    /// facility, notify, status and inquiry, information.</summary>
    private static bool IsKnown(byte type) =>
        type is 0x01 or 0x02 or 0x03 or 0x05 or 0x07 or 0x0D or 0x0F or 0x5A or 0x62 or 0x6E or 0x75 or 0x7B or 0x7D;
}
