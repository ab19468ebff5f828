using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>The start of a MySQL connection: the server's greeting of protocol version 10 or its refusal, then the
/// client's login or TLS request.</summary>
internal static class MySqlGreeting
{
    private const byte ProtocolVersion = 10;
    private const byte ErrorMark = 0xFF;

    /// <summary>Longest version text: a few words; proxies prefix their own.</summary>
    private const int MaximumVersion = 128;

    /// <summary>After the version: connection id, eight bytes of challenge, a zero.</summary>
    private const int FillerOffset = 12;

    /// <summary>After the filler: capabilities, character set, status, capabilities, length, ten zeros, of which
    /// MariaDB uses the last four.</summary>
    private const int ZerosOffset = FillerOffset + 1 + 8;
    private const int Zeros = 6;

    /// <summary>Smallest error number of servers.</summary>
    private const int FirstError = 1000;
    private const int LastError = 4999;

    /// <summary>Length of a TLS request, and of the fixed part of a login: capabilities, packet size, character set, 23
    /// zeros, of which MariaDB uses the last four.</summary>
    private const int LoginFixedLength = 32;

    /// <summary>Longest login: names and responses of some hundred bytes, and 64 KiB of connection attributes. An LDAP
    /// message, read as a packet, is longer: its third length byte is an INTEGER tag, 2.</summary>
    private const int MaximumLogin = (1 << 17) - 1;
    private const int LoginZeros = 19;
    private const int LoginZerosOffset = 9;
    private const uint Protocol41 = 0x0200;
    private const uint Ssl = 0x0800;

    /// <summary>Checks for the server's first packet.</summary>
    public static ParseError CheckServer(MySqlPacket packet)
    {
        var payload = packet.Payload;
        if (payload.IsEmpty)
            return ParseError.Incomplete;
        if (packet.Sequence != 0)
            return ParseError.BadValue;
        if (payload[0] == ErrorMark)
            return CheckRefusal(packet);
        if (payload[0] != ProtocolVersion)
            return ParseError.BadVersion;
        var version = payload[1..Math.Min(payload.Length, 1 + MaximumVersion)];
        var end = version.IndexOf((byte)0);
        if ((end < 0 ? version : version[..end]).ContainsAnyExcept(Ascii.LineCharacters) || end == 0)
            return ParseError.BadValue;
        if (end < 0)
            return packet.IsCut && version.Length < MaximumVersion ? ParseError.Incomplete : ParseError.BadValue;
        var rest = payload[(end + 2)..];
        if (rest.Length < ZerosOffset + Zeros)
            return packet.IsCut ? ParseError.Incomplete : ParseError.BadLength;
        return rest[FillerOffset] == 0 && !rest.Slice(ZerosOffset, Zeros).ContainsAnyExcept((byte)0)
            ? ParseError.None
            : ParseError.BadValue;
    }

    /// <summary>Checks for a login or TLS request, as sent by clients since version 4.1.</summary>
    public static ParseError CheckClient(MySqlPacket packet)
    {
        if (packet.Sequence != 1
            || packet.TotalLength is < MySqlPacket.HeaderLength + LoginFixedLength or > MaximumLogin)
            return ParseError.BadValue;
        var payload = packet.Payload;
        if (payload.Length < LoginFixedLength)
            return ParseError.Incomplete;
        var hasFlag = (BinaryPrimitives.ReadUInt32LittleEndian(payload) & Protocol41) != 0;
        return hasFlag && !payload.Slice(LoginZerosOffset, LoginZeros).ContainsAnyExcept((byte)0)
            ? ParseError.None
            : ParseError.BadValue;
    }

    /// <summary>True for a client's TLS request, which has only the fixed part.</summary>
    public static bool AsksForTls(MySqlPacket packet) =>
        packet.TotalLength == MySqlPacket.HeaderLength + LoginFixedLength && !packet.IsCut
        && (BinaryPrimitives.ReadUInt32LittleEndian(packet.Payload) & Ssl) != 0;

    private static ParseError CheckRefusal(MySqlPacket packet)
    {
        if (packet.IsCut)
            return ParseError.Incomplete;
        if (packet.Payload.Length < 4)
            return ParseError.BadLength;
        var number = BinaryPrimitives.ReadUInt16LittleEndian(packet.Payload[1..]);
        return number is >= FirstError and <= LastError && !packet.Payload[3..].ContainsAnyExcept(Ascii.LineCharacters)
            ? ParseError.None
            : ParseError.BadValue;
    }
}
