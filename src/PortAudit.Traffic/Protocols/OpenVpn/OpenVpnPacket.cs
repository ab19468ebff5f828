using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OpenVpn;

/// <summary>
/// The beginning of an OpenVPN packet of TLS mode (OpenVPN's protocol documentation, <c>ssl_pkt.h</c>), viewed in
/// place: operation and key number in one byte, then of a control packet the sender's session number.
/// </summary>
internal readonly ref struct OpenVpnPacket
{
    /// <summary>Length of a session number, in bytes.</summary>
    public const int SessionLength = 8;

    /// <summary>Length of operation and session number, in bytes.</summary>
    public const int HeaderLength = 1 + SessionLength;

    /// <summary>The shortest control packet: an empty list of acknowledgments and a packet number follow the
    /// header.</summary>
    public const int LeastControlLength = HeaderLength + 1 + 4;

    /// <summary>Bytes behind the header among which an acknowledgment repeats the other end's session number: an HMAC
    /// of up to 64, number and time, up to 8 acknowledgments.</summary>
    public const int MaximumAcknowledgmentOffset = HeaderLength + 64 + 8 + 1 + 32;

    private const byte DataOfSecondKind = 9;

    /// <summary>Zeros among the bytes of a session number, which is random: more come once in 300,000 times, and in the
    /// heads of other protocols always.</summary>
    private const int MostZeros = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private OpenVpnPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False for a first byte that no such packet has.</summary>
    public static bool MayBeginWith(byte first) => IsControl(first) || first >> 3 == DataOfSecondKind;

    /// <summary>True when <paramref name="bytes"/> begin a control packet: an operation that is defined for one, and a
    /// session number that may be random.</summary>
    public static bool TryParseControl(ReadOnlySpan<byte> bytes, out OpenVpnPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !IsControl(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (!MayBeRandom(bytes[1..HeaderLength]))
            return false;
        packet = new OpenVpnPacket(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>What the packet is for.</summary>
    public int Opcode => _bytes[0] >> 3;

    /// <summary>True for the first packet of a client: one of three generations.</summary>
    public bool IsClientReset => Opcode is 1 or 7 or 10;

    /// <summary>True for the first packet of a server.</summary>
    public bool IsServerReset => Opcode is 2 or 8;

    /// <summary>The sender's number of the session.</summary>
    public ReadOnlySpan<byte> Session => _bytes.Slice(1, SessionLength);

    /// <summary>True when the packet repeats the number by which the other end knows the session, as every
    /// acknowledgment does. Behind tls-crypt it is encrypted.</summary>
    public bool Repeats(ReadOnlySpan<byte> session) =>
        _bytes[HeaderLength..Math.Min(_bytes.Length,
            MaximumAcknowledgmentOffset + SessionLength)].IndexOf(session) >= 0;

    /// <summary>Number of the packet behind tls-crypt, without the upper half, in which newer clients tell what they
    /// support; -1 when the packet is too short.</summary>
    public int WrappedNumber => _bytes.Length < HeaderLength + 8
        ? -1
        : (int)(BinaryPrimitives.ReadUInt32BigEndian(_bytes[HeaderLength..]) & 0xFFFF);

    /// <summary>Time of sending behind tls-crypt, in seconds since 1970. Defined when <see cref="WrappedNumber"/> is
    /// not -1.</summary>
    public uint WrappedTime => BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HeaderLength + 4)..]);

    /// <summary>
    /// True for the form of a data packet that names its peer: operation 9, then three bytes with the number of the
    /// peer, which counts up from 0 or is all ones for none.
    /// </summary>
    public static bool MayBeNumberedData(ReadOnlySpan<byte> bytes) => bytes is [var first, 0 or 0xFF, _, _, ..]
        && first >> 3 == DataOfSecondKind && (bytes[1] == 0 || bytes is [_, 0xFF, 0xFF, 0xFF, ..]);

    /// <summary>A session number is drawn by chance: not text, which comes once in 3,000 times.</summary>
    private static bool MayBeRandom(ReadOnlySpan<byte> session) =>
        session.Count((byte)0) <= MostZeros && session.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>The hard and soft resets, control and acknowledgment, and the third generation's two
    /// (<c>P_CONTROL_HARD_RESET_CLIENT_V3</c>, <c>P_CONTROL_WKC_V1</c>). A hard reset has key 0.</summary>
    private static bool IsControl(byte first) => (first >> 3) switch
    {
        1 or 2 or 7 or 8 or 10 => (first & 7) == 0,
        3 or 4 or 5 or 11 => true,
        _ => false,
    };
}
