using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>A unit of TURN in a TCP stream, viewed in place. Standard: a STUN message, or ChannelData padded to words
/// (RFC 8656 §3.1, §12.5). Microsoft's: a four-byte frame, type 2 with a message or type 3 with peer data ([MS-TURN]
/// 2.1), or a record of the pseudo-TLS handshake.</summary>
internal readonly ref struct TurnFrame
{
    /// <summary>Longest message read, in bytes: longer ones hold peer data.</summary>
    public const int MaximumMessageLength = 8192;

    private const int MicrosoftHeaderLength = 4;
    private const byte MicrosoftControl = 2;
    private const byte MicrosoftData = 3;

    private TurnFrame(int length, ReadOnlySpan<byte> message)
    {
        Length = length;
        Message = message;
    }

    /// <summary>Length in the stream, in bytes. May exceed the bytes present for data.</summary>
    public int Length { get; }

    /// <summary>The STUN message; empty for other units.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>True when <paramref name="bytes"/> begin with a complete message, or the head of data.</summary>
    /// <param name="bytes">The stream from the start of a unit.</param>
    /// <param name="isMicrosoft">True for the frames of Microsoft's TURN.</param>
    /// <param name="frame">The unit.</param>
    /// <param name="error">The error, when false.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isMicrosoft, out TurnFrame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.Incomplete;
        if (bytes.IsEmpty)
            return false;
        return isMicrosoft
            ? TryParseMicrosoft(bytes, ref frame, out error)
            : TryParsePlain(bytes, ref frame, out error);
    }

    private static bool TryParsePlain(ReadOnlySpan<byte> bytes, ref TurnFrame frame, out ParseError error)
    {
        if (ChannelData.TryParse(bytes, out var data, out error))
        {
            frame = new TurnFrame((data.TotalLength + 3) & ~3, []);
            return true;
        }

        if (error == ParseError.Incomplete)
            return false;
        if (bytes.Length >= StunMessage.CookieEnd && !StunMessage.HasCookieAt(bytes))
            return false;
        return StunMessage.TryParse(bytes, out var message, out error)
            && TryTake(bytes, 0, message.TotalLength, ref frame, out error);
    }

    private static bool TryParseMicrosoft(ReadOnlySpan<byte> bytes, ref TurnFrame frame, out ParseError error)
    {
        error = ParseError.BadValue;
        if (bytes[0] is not (MicrosoftControl or MicrosoftData) || (bytes.Length > 1 && bytes[1] != 0))
            return TryParseHello(bytes, ref frame, out error);
        error = ParseError.Incomplete;
        if (bytes.Length < MicrosoftHeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (bytes[0] == MicrosoftControl)
            return TryTake(bytes, MicrosoftHeaderLength, length, ref frame, out error);
        frame = new TurnFrame(MicrosoftHeaderLength + length, []);
        error = ParseError.None;
        return true;
    }

    private static bool TryParseHello(ReadOnlySpan<byte> bytes, ref TurnFrame frame, out ParseError error)
    {
        var hello = MsTurnPseudoTls.Weigh(bytes);
        error = hello switch
        {
            SideMatch.Mismatch => ParseError.BadValue,
            SideMatch.Partial => ParseError.Incomplete,
            _ => ParseError.None
        };
        if (error != ParseError.None)
            return false;
        frame = new TurnFrame(hello == SideMatch.Request
            ? MsTurnPseudoTls.ClientHelloLength
            : MsTurnPseudoTls.ServerHelloLength, []);
        return true;
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, int start, int length, ref TurnFrame frame,
        out ParseError error)
    {
        var isRead = length <= MaximumMessageLength;
        error = isRead && bytes.Length < start + length ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new TurnFrame(start + length, isRead ? bytes.Slice(start, length) : []);
        return true;
    }
}
