using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Login records of TDS 7 ([MS-TDS] 2.2.6.4) and of versions 4.2 and 5.0, shared with Sybase.</summary>
internal static class TdsLogin
{
    private const int LengthAndVersion = 8;
    private const int FixedLength = 86;

    /// <summary>Fixed strings of the old record: 30 bytes and a length (TDS 5.0 functional specification, login
    /// record).</summary>
    private const int OldStringLength = 30;
    private const int OldStrings = 3;

    /// <summary>TDS 7.0 to 7.4: the high byte of a little-endian number.</summary>
    private const int FirstVersion = 0x70;
    private const int LastVersion = 0x74;

    /// <summary>Checks for a version 7 login record in the first packet, whose length is that of the message.</summary>
    public static ParseError Check(TdsPacket packet)
    {
        var payload = packet.Payload;
        if (packet.PayloadLength < FixedLength)
            return ParseError.BadLength;
        if (payload.Length < LengthAndVersion)
            return ParseError.Incomplete;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        if (packet.EndsMessage
            ? length != packet.PayloadLength
            : length < packet.PayloadLength || length > 16 * TdsPacket.MaximumLength)
            return ParseError.BadLength;
        return payload[7] is >= FirstVersion and <= LastVersion ? ParseError.None : ParseError.BadVersion;
    }

    /// <summary>Checks for an old login record: host, user and password, each padded with zeros and with a
    /// length.</summary>
    public static ParseError CheckOld(TdsPacket packet)
    {
        var payload = packet.Payload;
        for (var i = 0; i < OldStrings; i++)
        {
            if (payload.Length <= OldStringLength)
                return packet.IsCut ? ParseError.Incomplete : ParseError.BadLength;
            var length = payload[OldStringLength];
            if (length > OldStringLength || payload[length..OldStringLength].ContainsAnyExcept((byte)0)
                || payload[..length].ContainsAnyExcept(Ascii.LineCharacters))
                return ParseError.BadValue;
            payload = payload[(OldStringLength + 1)..];
        }

        return ParseError.None;
    }
}
