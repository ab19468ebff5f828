using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>The first message of client and server ([MS-TDS] 2.2.6.5): a list of options with offsets of values, ended
/// by 0xFF, then the values. Later packets of the type carry the TLS handshake.</summary>
internal static class TdsPreLogin
{
    /// <summary>Options read at most: seven are defined.</summary>
    private const int MaximumOptions = 16;
    private const int OptionLength = 5;
    private const byte Terminator = 0xFF;
    private const byte VersionOption = 0;
    private const byte EncryptionOption = 1;
    private const int VersionLength = 6;

    /// <summary>Excludes the client certificate bit (ENCRYPT_CLIENT_CERT, 0x80).</summary>
    private const int EncryptionMask = 0x7F;

    /// <summary>Shortest list: the version's option and the terminator.</summary>
    private const int MinimumLength = OptionLength + 1 + VersionLength;

    /// <summary>Checks the <paramref name="seen"/> bytes of a payload for such a list: the version comes first, values
    /// follow the list within the payload.</summary>
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

    /// <summary>Encryption option of a valid list; null when missing or cut. The server's decides ([MS-TDS] 2.2.6.5):
    /// <see cref="TdsEncryption.Off"/> from both sides encrypts only the login packet, other values everything or
    /// nothing.</summary>
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
