using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>An NTP message (RFC 5905 §7.3; of SNTP RFC 4330 §4), viewed in place, as far as it tells time messages from other bytes.</summary>
internal readonly ref struct NtpMessage
{
    /// <summary>Length of the header, in bytes; extension fields and an authenticator may follow.</summary>
    public const int HeaderLength = 48;

    /// <summary>Extension fields and authenticators fill words of so many bytes (RFC 7822 §3).</summary>
    public const int WordLength = 4;

    private const int NewestVersion = 4;

    /// <summary>16 means unsynchronised (RFC 5905 §7.3, figure 11); larger values are reserved.</summary>
    private const int LastStratum = 16;

    /// <summary>Poll exponents run from 4 to 17 (RFC 5905 §7.2); hosts of one machine room poll down to 1/64 s, and 0 means unknown.</summary>
    private const int LeastPoll = -6;

    private const int GreatestPoll = 17;

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of versions 1 to 4 whose fields have values that the standard allows.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NtpMessage message, out ParseError error)
    {
        message = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : Check(new NtpMessage(bytes));
        if (error != ParseError.None)
            return false;
        message = new NtpMessage(bytes);
        return true;
    }

    /// <summary>Version number.</summary>
    public int Version => (_bytes[0] >> 3) & 7;

    /// <summary>The sender's role.</summary>
    public NtpMode Mode => (NtpMode)(_bytes[0] & 7);

    /// <summary>Distance from a reference clock; 0 is unspecified, or in an answer a refusal.</summary>
    public int Stratum => _bytes[1];

    /// <summary>Poll interval, as a power of two in seconds.</summary>
    public int Poll => (sbyte)_bytes[2];

    /// <summary>Time at which the message was sent by the sender's clock, in units of 2^-32 s; a client may leave it 0.</summary>
    public ulong TransmitTimestamp => BinaryPrimitives.ReadUInt64BigEndian(_bytes[40..]);

    private static ParseError Check(NtpMessage message)
    {
        if (message.Version is 0 or > NewestVersion)
            return ParseError.BadVersion;
        var isSound = message.Stratum <= LastStratum && message.Poll is >= LeastPoll and <= GreatestPoll;
        return isSound ? ParseError.None : ParseError.BadValue;
    }
}
