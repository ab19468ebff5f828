using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>The STUN messages at the start of one direction of a TCP connection.</summary>
/// <param name="SideMatch">Match of the first message.</param>
/// <param name="IsTurn">True when one of them is TURN.</param>
/// <param name="IsOfPeers">True when the first is an ICE check.</param>
/// <param name="IsFramed">True for RFC 4571 frames.</param>
/// <param name="Length">Length of the complete ones, in bytes.</param>
/// <param name="HasMore">True when other bytes than STUN follow.</param>
internal readonly record struct StunStream(SideMatch SideMatch, bool IsTurn, bool IsOfPeers, bool IsFramed, int Length,
    bool HasMore)
{
    /// <summary>Messages searched for a TURN method, or for what follows them: connectivity checks may come
    /// first.</summary>
    public const int MaximumMessages = 32;

    private const int FrameLength = 2;

    /// <summary>True when other packets may follow in frames.</summary>
    public bool CanFollow => IsFramed && SideMatch is not (SideMatch.Mismatch or SideMatch.NoData or SideMatch.Partial);

    /// <summary>True when the bytes are framed or missing.</summary>
    public bool IsFramedOrSilent => IsFramed || SideMatch == SideMatch.NoData;

    /// <summary>Reads the messages, framed or not. The first one decides; later ones can only add TURN.</summary>
    public static StunStream Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return new StunStream(SideMatch.NoData, false, false, false, 0, false);
        var plain = Read(bytes, isFramed: false);
        return plain.SideMatch == SideMatch.Mismatch ? Read(bytes, isFramed: true) : plain;
    }

    private static StunStream Read(ReadOnlySpan<byte> bytes, bool isFramed)
    {
        var stream = new StunStream(SideMatch.Partial, false, false, isFramed, 0, false);
        for (var i = 0; i < MaximumMessages && !(stream.IsTurn && !isFramed); i++)
        {
            var kind = ReadMessage(bytes[stream.Length..], isFramed, isFirst: i == 0, out var message, out var length);
            if (kind == ParseError.Incomplete)
                return stream;
            if (kind != ParseError.None)
                return i == 0 ? stream with { SideMatch = SideMatch.Mismatch } : stream with { HasMore = true };
            stream = i == 0
                ? stream with { SideMatch = StunSide.Of(message), IsOfPeers = IceCheck.IsOfPeers(message) }
                : stream;
            stream = stream with { IsTurn = stream.IsTurn || StunSide.IsTurn(message) };
            if (length > bytes.Length - stream.Length)
                return stream;
            stream = stream with { Length = stream.Length + length };
        }

        return stream;
    }

    private static ParseError ReadMessage(ReadOnlySpan<byte> bytes, bool isFramed, bool isFirst,
        out StunMessage message, out int length)
    {
        var body = isFramed ? bytes[Math.Min(FrameLength, bytes.Length)..] : bytes;
        length = 0;
        if (!StunMessage.TryParse(body, out message, out var error))
            return error;
        length = message.TotalLength + bytes.Length - body.Length;
        var isInFrame = !isFramed || BinaryPrimitives.ReadUInt16BigEndian(bytes) == message.TotalLength;
        if (!message.HasCookie || !isInFrame || message.IsMicrosoft)
            return ParseError.BadValue;
        return isFirst && message.MayBeMicrosoft ? ParseError.Incomplete : ParseError.None;
    }
}
