using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>An NTP message (RFC 5905 §7.3; SNTP: RFC 4330 §4), viewed in place.</summary>
internal readonly ref struct NtpMessage
{
    /// <summary>Length of the header, in bytes; extension fields and an authenticator may follow.</summary>
    public const int HeaderLength = 48;

    /// <summary>Word size of extension fields and authenticators (RFC 7822 §3).</summary>
    public const int WordLength = 4;

    /// <summary>Version 1 (1988) is practically extinct, and its first byte is a small number common in other
    /// protocols.</summary>
    private const int OldestKnown = 2;
    private const int NewestVersion = 4;

    /// <summary>16 means unsynchronised (RFC 5905 §7.3, figure 11); larger values are reserved.</summary>
    private const int LastStratum = 16;

    /// <summary>Poll exponents: 4 to 17 (RFC 5905 §7.2), down to 1/64 s in a machine room, 0 for unknown.</summary>
    private const int LeastPoll = -6;

    private const int GreatestPoll = 17;

    /// <summary>Root delay and dispersion limit, twice the 16 s of RFC 5905 §7.2 (MAXDISP), in units of 2^-16
    /// s.</summary>
    private const uint GreatestRootValue = 32 << 16;

    /// <summary>Clocks that exchange time are within eight years of each other, even if one was never set: 2^28
    /// s.</summary>
    private const uint Nearness = 1 << 28;

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such message begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => ((first >> 3) & 7) is > 0 and <= NewestVersion;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of versions 1 to 4 with valid fields.</summary>
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

    /// <summary>The sender's mode.</summary>
    public NtpMode Mode => (NtpMode)(_bytes[0] & 7);

    /// <summary>Distance from a reference clock; 0 for unspecified, or a refusal in a reply.</summary>
    public int Stratum => _bytes[1];

    /// <summary>Poll interval as a power of two seconds.</summary>
    public int Poll => (sbyte)_bytes[2];

    /// <summary>Transmit time of the request, by the client's clock, in units of 2^-32 s.</summary>
    public ulong OriginateTimestamp => BinaryPrimitives.ReadUInt64BigEndian(_bytes[24..]);

    /// <summary>Transmit time by the sender's clock, in units of 2^-32 s; a client may leave it 0.</summary>
    public ulong TransmitTimestamp => BinaryPrimitives.ReadUInt64BigEndian(_bytes[40..]);

    /// <summary>True for a reply that repeats a request's time; a request without a time matches nothing.</summary>
    public bool Answers(NtpMessage request) =>
        Mode == NtpMode.Server && request.Mode == NtpMode.Client && request.TransmitTimestamp != 0
        && request.TransmitTimestamp == OriginateTimestamp;

    /// <summary>True when the message proves its protocol on any port: small delay and dispersion, and times near the
    /// transmit time or empty. A reply's originate time may be made up by the client (RFC 9109 §4), so there the
    /// receive time is required.</summary>
    public bool IsConsistent
    {
        get
        {
            var isSmall = BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) <= GreatestRootValue
                && BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]) <= GreatestRootValue;
            if (!isSmall || Version < OldestKnown || TransmitTimestamp == 0 || !IsNearOrZero(16) || !IsNearOrZero(32))
                return false;
            if (!IsOfThisEra && (Mode != NtpMode.Client || _bytes[16..40].ContainsAnyExcept((byte)0)))
                return false;
            return Mode == NtpMode.Server ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[32..]) != 0 : IsNearOrZero(24);
        }
    }

    /// <summary>Times from 1968 on, the upper half of the first era, which ends in 2036 (RFC 5905 §6). Text and small
    /// numbers of other protocols are outside; a client that sends no other time may make its own up.</summary>
    private bool IsOfThisEra => _bytes[40] >= 0x80;

    private bool IsNearOrZero(int start)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(_bytes[start..]);
        var distance = BinaryPrimitives.ReadUInt32BigEndian(_bytes[40..]) - seconds;
        return seconds == 0 || distance < Nearness || distance > uint.MaxValue - Nearness;
    }

    private static ParseError Check(NtpMessage message)
    {
        if (!MayBeginWith(message._bytes[0]))
            return ParseError.BadVersion;
        var isSound = message.Stratum <= LastStratum && message.Poll is >= LeastPoll and <= GreatestPoll;
        return isSound ? ParseError.None : ParseError.BadValue;
    }
}
