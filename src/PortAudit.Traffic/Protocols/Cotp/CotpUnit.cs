using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>A class 0 TPDU in its TPKT packet (X.224 §13, RFC 1006 §6), viewed in place.</summary>
internal readonly ref struct CotpUnit
{
    /// <summary>Length of the fixed part of connection request and confirm after the length indicator: type, two
    /// references, class.</summary>
    public const int ConnectionLength = 6;

    /// <summary>Length of the fixed part of data after the length indicator: type, number.</summary>
    public const int DataLength = 2;

    private const int TypeMask = 0xF0;
    private const byte EndOfUnit = 0x80;

    private readonly ReadOnlySpan<byte> _bytes;

    private CotpUnit(ReadOnlySpan<byte> bytes, int packetLength)
    {
        _bytes = bytes;
        PacketLength = packetLength;
    }

    /// <summary>True when <paramref name="bytes"/> hold a TPKT packet with a whole TPDU header: all of a request or
    /// confirm, the part before user data otherwise. Class 0 only, as in RFC 1006 §4.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CotpUnit unit, out ParseError error)
    {
        unit = default;
        if (!TpktPacket.TryParse(bytes, out var packet, out error))
            return false;
        var payload = packet.Payload;
        error = ParseError.Incomplete;
        if (payload.Length < 2)
            return false;
        var length = payload[0];
        error = CheckFixedPart(payload[1], length, packet.TotalLength - TpktPacket.HeaderLength);
        if (error != ParseError.None)
            return false;
        error = ParseError.Incomplete;
        if (payload.Length < 1 + length)
            return false;
        var candidate = new CotpUnit(payload, packet.TotalLength);
        error = ParseError.BadValue;
        if (!candidate.IsSound)
            return false;
        unit = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Type of the unit.</summary>
    public CotpType Type => (CotpType)(_bytes[1] & TypeMask);

    /// <summary>Length of the TPKT packet, in bytes.</summary>
    public int PacketLength { get; }

    /// <summary>The variable part of a request or confirm: parameters, or RDP's negotiation.</summary>
    public ReadOnlySpan<byte> Variable => Type == CotpType.Data ? [] : _bytes[(1 + ConnectionLength)..(1 + _bytes[0])];

    /// <summary>Length of all user data of the unit, in bytes.</summary>
    public int UserLength => PacketLength - TpktPacket.HeaderLength - 1 - _bytes[0];

    /// <summary>The user data present.</summary>
    public ReadOnlySpan<byte> UserData => _bytes[(1 + _bytes[0])..];

    private bool IsSound => Type switch
    {
        // Class and options: class 0 has none (X.224 §13.3.3).
        CotpType.ConnectionRequest => _bytes[6] == 0 && _bytes[2] == 0 && _bytes[3] == 0,
        CotpType.ConnectionConfirm => _bytes[6] == 0,
        CotpType.Data => _bytes[2] is 0 or EndOfUnit,
        _ => true,
    };

    private static ParseError CheckFixedPart(byte type, int length, int room) => (CotpType)type switch
    {
        CotpType.ConnectionRequest or CotpType.ConnectionConfirm =>
            length >= ConnectionLength && length < room ? ParseError.None : ParseError.BadLength,
        CotpType.Data => length == DataLength && length < room ? ParseError.None : ParseError.BadLength,
        _ => ParseError.BadValue,
    };
}
