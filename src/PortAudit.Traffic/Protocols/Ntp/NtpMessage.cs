using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>An NTP message (RFC 5905 §7.3; of SNTP RFC 4330 §4), viewed in place, as far as it tells time messages from
/// other bytes.</summary>
internal readonly ref struct NtpMessage
{
    /// <summary>Length of the header, in bytes; extension fields and an authenticator may follow.</summary>
    public const int HeaderLength = 48;

    /// <summary>Extension fields and authenticators fill words of so many bytes (RFC 7822 §3).</summary>
    public const int WordLength = 4;

    /// <summary>Version 1 is of 1988 and all but gone, while its first byte is a small number such as others begin
    /// with.</summary>
    private const int OldestTelling = 2;
    private const int NewestVersion = 4;

    /// <summary>16 means unsynchronised (RFC 5905 §7.3, figure 11); larger values are reserved.</summary>
    private const int LastStratum = 16;

    /// <summary>Poll exponents run from 4 to 17 (RFC 5905 §7.2); hosts of one machine room poll down to 1/64 s, and 0
    /// means unknown.</summary>
    private const int LeastPoll = -6;

    private const int GreatestPoll = 17;

    /// <summary>Root delay and dispersion beyond 16 s make a clock unfit (RFC 5905 §7.2, MAXDISP); twice that is
    /// allowed for, in units of 2^-16 s.</summary>
    private const uint GreatestRootValue = 32 << 16;

    /// <summary>Clocks that tell each other the time are within some eight years of each other even when one was never
    /// set: 2^28 s.</summary>
    private const uint Nearness = 1 << 28;

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False for a first byte that no such message has.</summary>
    public static bool MayBeginWith(byte first) => ((first >> 3) & 7) is > 0 and <= NewestVersion;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of versions 1 to 4 whose fields have values that
    /// the standard allows.</summary>
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

    /// <summary>Time of the request to which this answers, by the asker's clock, in units of 2^-32 s.</summary>
    public ulong OriginateTimestamp => BinaryPrimitives.ReadUInt64BigEndian(_bytes[24..]);

    /// <summary>Time at which the message was sent by the sender's clock, in units of 2^-32 s; a client may leave it
    /// 0.</summary>
    public ulong TransmitTimestamp => BinaryPrimitives.ReadUInt64BigEndian(_bytes[40..]);

    /// <summary>True for an answer that repeats the time of a request; a request that left it out cannot be told from
    /// others.</summary>
    public bool Answers(NtpMessage request) =>
        Mode == NtpMode.Server && request.Mode == NtpMode.Client && request.TransmitTimestamp != 0
        && request.TransmitTimestamp == OriginateTimestamp;

    /// <summary>
    /// True when the message tells its own protocol on any port: delay and dispersion are small, and the times in it
    /// are near the time of sending or not filled in. The originate time of an answer is the asker's, who may have made
    /// it up (RFC 9109 §4 names the practice), so there the time of receiving has to be filled in.
    /// </summary>
    public bool IsConsistent
    {
        get
        {
            var isSmall = BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) <= GreatestRootValue
                && BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]) <= GreatestRootValue;
            if (!isSmall || Version < OldestTelling || TransmitTimestamp == 0 || !IsNearOrZero(16) || !IsNearOrZero(32))
                return false;
            if (!IsOfThisEra && (Mode != NtpMode.Client || _bytes[16..40].ContainsAnyExcept((byte)0)))
                return false;
            return Mode == NtpMode.Server ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[32..]) != 0 : IsNearOrZero(24);
        }
    }

    /// <summary>
    /// From 1968 on, in the upper half of the first era, which ends in 2036 (RFC 5905 §6). Letters of a text and small
    /// numbers of other protocols are other times; a client may make its own up when it tells no other.
    /// </summary>
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
