using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>The login records of TDS 7 ([MS-TDS] 2.2.6.4) and of the versions 4.2 and 5.0, which Sybase's servers
/// share.</summary>
internal static class TdsLogin
{
    private const int LengthAndVersion = 8;
    private const int FixedLength = 86;

    /// <summary>Fixed strings of the old record have 30 bytes and then their length (TDS 5.0 functional specification,
    /// login record).</summary>
    private const int OldStringLength = 30;
    private const int OldStrings = 3;

    /// <summary>TDS 7.0 to 7.4: the high byte of a little-endian number.</summary>
    private const int FirstVersion = 0x70;
    private const int LastVersion = 0x74;

    /// <summary>Whether the first packet's payload is a login record of version 7, whose length spans the
    /// message.</summary>
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

    /// <summary>Whether the payload is an old login record: host, user and password, each with a length and filled up
    /// with zeros.</summary>
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
