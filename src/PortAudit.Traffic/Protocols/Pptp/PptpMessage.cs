using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Pptp;

/// <summary>A PPTP control message (RFC 2637 §2), viewed in place: length, type 1, magic cookie, message kind, then its
/// fields.</summary>
internal readonly ref struct PptpMessage
{
    /// <summary>Length of the common part, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Length of the shortest message (RFC 2637 §2.3), in bytes.</summary>
    public const int MinimumLength = 16;

    /// <summary>Length of the longest message (RFC 2637 §2.9), in bytes.</summary>
    public const int MaximumLength = 220;

    private const ushort ControlMessage = 1;
    private const uint MagicCookie = 0x1A2B_3C4D;

    /// <summary>Offset of the result in call replies (RFC 2637 §2.8, §2.10), after two call ids.</summary>
    private const int ResultOffset = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private PptpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a whole message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PptpMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != ControlMessage
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != MagicCookie)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        error = ParseError.BadLength;
        if (length is < MinimumLength or > MaximumLength)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < length)
            return false;
        message = new PptpMessage(bytes[..length]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the message, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Kind of the message.</summary>
    public PptpMessageKind Kind => (PptpMessageKind)BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>Result of a call reply, 1 for success; 0 when the message is too short.</summary>
    public byte Result => _bytes.Length > ResultOffset ? _bytes[ResultOffset] : (byte)0;
}
