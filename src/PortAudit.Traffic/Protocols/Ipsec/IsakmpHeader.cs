using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ipsec;

/// <summary>An IKE header (version 1: RFC 2408 §3.1, version 2: RFC 7296 §3.1), viewed in place.</summary>
internal readonly ref struct IsakmpHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 28;

    private const int MarkerLength = 4;
    private const byte FirstVersion = 0x10;
    private const byte SecondVersion = 0x20;

    /// <summary>Encryption, commit and authentication only (RFC 2408 §3.1).</summary>
    private const byte FlagsOfFirstVersion = 0x07;

    /// <summary>Initiator, a higher version, response (RFC 7296 §3.1).</summary>
    private const byte FlagsOfSecondVersion = 0x38;
    private const byte InitiatorFlag = 0x08;

    private readonly ReadOnlySpan<byte> _bytes;

    private IsakmpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length of the non-ESP marker, four zeros (RFC 3948 §2.2), in bytes; 0 without it.</summary>
    public static int LengthOfMarker(ReadOnlySpan<byte> payload) =>
        payload.Length > MarkerLength && BinaryPrimitives.ReadUInt32BigEndian(payload) == 0 ? MarkerLength : 0;

    /// <summary>True when <paramref name="bytes"/> hold a header with payload type, exchange type and flags defined by
    /// its version.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IsakmpHeader header, out ParseError error)
    {
        header = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : Check(new IsakmpHeader(bytes));
        if (error != ParseError.None)
            return false;
        header = new IsakmpHeader(bytes);
        return true;
    }

    /// <summary>The initiator's cookie or SPI, never 0.</summary>
    public ulong InitiatorSpi => BinaryPrimitives.ReadUInt64BigEndian(_bytes);

    /// <summary>The responder's cookie or SPI; 0 in the first message.</summary>
    public ulong ResponderSpi => BinaryPrimitives.ReadUInt64BigEndian(_bytes[8..]);

    /// <summary>Type of the first payload; 0 for none.</summary>
    public byte NextPayload => _bytes[16];

    /// <summary>True for IKEv2.</summary>
    public bool IsSecondVersion => _bytes[17] == SecondVersion;

    public byte ExchangeType => _bytes[18];

    /// <summary>Flags of the version.</summary>
    public byte Flags => _bytes[19];

    /// <summary>Length of the message including its header, in bytes: at least 28.</summary>
    public uint Length => BinaryPrimitives.ReadUInt32BigEndian(_bytes[24..]);

    /// <summary>True when sent by the initiator of the association, false by the responder; null when the header does
    /// not show it (version 1 after the first message).</summary>
    public bool? IsFromInitiator
    {
        get
        {
            if (IsSecondVersion)
                return (Flags & InitiatorFlag) != 0;
            return ResponderSpi == 0 ? true : null;
        }
    }

    private static ParseError Check(IsakmpHeader header)
    {
        if (header._bytes[17] is not (FirstVersion or SecondVersion))
            return ParseError.BadVersion;
        if (header.Length < HeaderLength)
            return ParseError.BadLength;
        var isDefined = header.IsSecondVersion
            ? IsPayloadOfSecondVersion(header.NextPayload) && header.ExchangeType is >= 34 and <= 44
                && (header.Flags & ~FlagsOfSecondVersion) == 0
            : IsPayloadOfFirstVersion(header.NextPayload) && header.ExchangeType is (>= 1 and <= 6) or 32 or 33
                && (header.Flags & ~FlagsOfFirstVersion) == 0;
        return isDefined && header.InitiatorSpi != 0 ? ParseError.None : ParseError.BadValue;
    }

    /// <summary>IANA "IPSEC Next Payload Types", without none, which begins no message; 128 and above are private: NAT
    /// detection before RFC 3947, and fragments.</summary>
    private static bool IsPayloadOfFirstVersion(byte type) => type is (>= 1 and <= 23) or (>= 128 and <= 132);

    /// <summary>IANA "IKEv2 Payload Types": 33 to 54, and none.</summary>
    private static bool IsPayloadOfSecondVersion(byte type) => type is 0 or (>= 33 and <= 54);
}
