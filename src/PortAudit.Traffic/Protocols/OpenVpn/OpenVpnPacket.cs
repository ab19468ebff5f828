using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OpenVpn;

/// <summary>Start of an OpenVPN packet in TLS mode (OpenVPN's protocol documentation, <c>ssl_pkt.h</c>), viewed in
/// place: a byte of operation and key number, then for control packets the sender's session id.</summary>
internal readonly ref struct OpenVpnPacket
{
    /// <summary>Length of a session id, in bytes.</summary>
    public const int SessionLength = 8;

    /// <summary>Length of operation and session id, in bytes.</summary>
    public const int HeaderLength = 1 + SessionLength;

    /// <summary>The shortest control packet: header, empty acknowledgment list and packet number.</summary>
    public const int LeastControlLength = HeaderLength + 1 + 4;

    /// <summary>Bytes after the header in which an acknowledgment repeats the other side's session id: an HMAC of up to
    /// 64, number and time, up to 8 acknowledgments.</summary>
    public const int MaximumAcknowledgmentOffset = HeaderLength + 64 + 8 + 1 + 32;

    private const byte DataOfSecondKind = 9;

    /// <summary>Zeros accepted in a random session id: more occur once in 300,000, but always in other protocols'
    /// headers.</summary>
    private const int MostZeros = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private OpenVpnPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such packet begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => IsControl(first) || first >> 3 == DataOfSecondKind;

    /// <summary>True when <paramref name="bytes"/> begin a control packet: a control operation, and a plausibly random
    /// session id.</summary>
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

    public int Opcode => _bytes[0] >> 3;

    /// <summary>True for a client's first packet, in one of three generations.</summary>
    public bool IsClientReset => Opcode is 1 or 7 or 10;

    /// <summary>True for a server's first packet.</summary>
    public bool IsServerReset => Opcode is 2 or 8;

    /// <summary>The sender's session id.</summary>
    public ReadOnlySpan<byte> Session => _bytes.Slice(1, SessionLength);

    /// <summary>True when the packet repeats the other side's session id, as every acknowledgment does. Encrypted with
    /// tls-crypt.</summary>
    public bool Repeats(ReadOnlySpan<byte> session) =>
        _bytes[HeaderLength..Math.Min(_bytes.Length,
            MaximumAcknowledgmentOffset + SessionLength)].IndexOf(session) >= 0;

    /// <summary>Packet number with tls-crypt, without the upper half, in which newer clients announce features; -1 when
    /// too short.</summary>
    public int WrappedNumber => _bytes.Length < HeaderLength + 8
        ? -1
        : (int)(BinaryPrimitives.ReadUInt32BigEndian(_bytes[HeaderLength..]) & 0xFFFF);

    /// <summary>Transmit time with tls-crypt, in seconds since 1970. Defined when <see cref="WrappedNumber"/> is not
    /// -1.</summary>
    public uint WrappedTime => BinaryPrimitives.ReadUInt32BigEndian(_bytes[(HeaderLength + 4)..]);

    /// <summary>True for a data packet with peer id: operation 9, then a three-byte id, counting up from 0 or all ones
    /// for none.</summary>
    public static bool MayBeNumberedData(ReadOnlySpan<byte> bytes) => bytes is [var first, 0 or 0xFF, _, _, ..]
        && first >> 3 == DataOfSecondKind && (bytes[1] == 0 || bytes is [_, 0xFF, 0xFF, 0xFF, ..]);

    /// <summary>Session ids are random: not text, which occurs once in 3,000.</summary>
    private static bool MayBeRandom(ReadOnlySpan<byte> session) =>
        session.Count((byte)0) <= MostZeros && session.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>Hard and soft resets, control and acknowledgment, and two of the third generation
    /// (<c>P_CONTROL_HARD_RESET_CLIENT_V3</c>, <c>P_CONTROL_WKC_V1</c>). A hard reset has key 0.</summary>
    private static bool IsControl(byte first) => (first >> 3) switch
    {
        1 or 2 or 7 or 8 or 10 => (first & 7) == 0,
        3 or 4 or 5 or 11 => true,
        _ => false,
    };
}
