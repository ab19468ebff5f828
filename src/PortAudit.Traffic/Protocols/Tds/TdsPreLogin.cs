using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>
/// The message with which a client and its server begin ([MS-TDS] 2.2.6.5): a list of options with the places of their
/// values, ended by 0xFF, then the values. Later packets of the same type carry the handshake of TLS.
/// </summary>
internal static class TdsPreLogin
{
    /// <summary>Options that are walked at most: seven are defined.</summary>
    private const int MaximumOptions = 16;
    private const int OptionLength = 5;
    private const byte Terminator = 0xFF;
    private const byte VersionOption = 0;
    private const byte EncryptionOption = 1;
    private const int VersionLength = 6;

    /// <summary>Without the bit of a client's certificate (ENCRYPT_CLIENT_CERT, 0x80).</summary>
    private const int EncryptionMask = 0x7F;

    /// <summary>Shortest list: the version's option and the terminator.</summary>
    private const int MinimumLength = OptionLength + 1 + VersionLength;

    /// <summary>
    /// Whether a payload of <paramref name="length"/> bytes, of which <paramref name="seen"/> were seen, is such a
    /// list: the version comes first, values follow the list and lie within the payload.
    /// </summary>
    public static ParseError Check(ReadOnlySpan<byte> seen, int length)
    {
        if (length < MinimumLength)
            return ParseError.BadLength;
        for (var i = 0; i < MaximumOptions; i++)
        {
            if (seen.IsEmpty)
                return ParseError.Incomplete;
            if (seen[0] == Terminator)
                return i > 0 ? ParseError.None : ParseError.BadValue;
            if (seen[0] >= MaximumOptions || (i == 0 && seen[0] != VersionOption))
                return ParseError.BadValue;
            if (seen.Length < OptionLength)
                return ParseError.Incomplete;
            var start = BinaryPrimitives.ReadUInt16BigEndian(seen[1..]);
            var size = BinaryPrimitives.ReadUInt16BigEndian(seen[3..]);
            if (start + size > length || start < MinimumLength - VersionLength || (i == 0 && size != VersionLength))
                return ParseError.BadLength;
            seen = seen[OptionLength..];
        }

        return ParseError.BadLength;
    }

    /// <summary>
    /// What a checked list says of encryption; null where it does not, or where the value was not seen. The server's
    /// answer decides ([MS-TDS] 2.2.6.5): <see cref="TdsEncryption.Off"/> of both ends encrypts the login packet and
    /// nothing else, the others all or nothing.
    /// </summary>
    public static TdsEncryption? EncryptionOf(ReadOnlySpan<byte> payload)
    {
        var options = payload;
        for (var i = 0; i < MaximumOptions && options.Length >= OptionLength && options[0] != Terminator; i++)
        {
            var start = BinaryPrimitives.ReadUInt16BigEndian(options[1..]);
            if (options[0] == EncryptionOption)
                return start < payload.Length ? (TdsEncryption)(payload[start] & EncryptionMask) : null;
            options = options[OptionLength..];
        }

        return null;
    }
}
