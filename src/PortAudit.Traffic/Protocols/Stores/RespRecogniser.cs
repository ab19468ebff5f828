using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stores;

/// <summary>Recognises RESP (Redis) over TCP: a command is an array whose first bulk string, with matching length, is a
/// word (Redis serialization protocol specification, "Sending commands"); an inline command needs a reply in RESP
/// form.</summary>
internal sealed class RespRecogniser : IRecogniser
{
    /// <summary>Elements of a command, and characters of its name, at most; bulk insertion sends many
    /// commands.</summary>
    private const int MaximumElements = 1024 * 1024;
    private const int MaximumName = 24;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var (originator, responder) =
            (WeighCommand(conversation.FromOriginator), WeighCommand(conversation.FromResponder));
        if (originator == SideMatch.Mismatch)
            originator = WeighPing(conversation.FromOriginator, conversation.FromResponder);
        if (responder == SideMatch.Mismatch)
            responder = WeighPing(conversation.FromResponder, conversation.FromOriginator);
        return new TwoSidedMatch(originator, responder).Answer(IpProtocol.Tcp, ref recognition);
    }

    /// <summary>"*", number of elements, "$", length of the first, its text.</summary>
    private static SideMatch WeighCommand(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        var evidence = TakeNumber(ref stream, (byte)'*', MaximumElements, out _);
        if (evidence != SideMatch.EitherSide)
            return evidence;
        evidence = TakeNumber(ref stream, (byte)'$', MaximumName, out var length);
        if (evidence != SideMatch.EitherSide)
            return evidence;
        var name = stream[..Math.Min(stream.Length, length)];
        if (name.ContainsAnyExcept(Ascii.MethodCharacters) && !IsWord(name))
            return SideMatch.Mismatch;
        var end = stream[name.Length..];
        if (name.Length < length || end.Length < 2)
            return end.IsEmpty || end[0] == '\r' ? SideMatch.Partial : SideMatch.Mismatch;
        return end.StartsWith("\r\n"u8) ? SideMatch.Request : SideMatch.Mismatch;
    }

    /// <summary>Commands are case-insensitive; module commands have a dot.</summary>
    private static bool IsWord(ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'.' or (byte)'_' or (byte)'-'))
                return false;
        }

        return true;
    }

    /// <summary>Reads a sign, a number from 1 to <paramref name="greatest"/> and its line end.
    /// <see cref="SideMatch.EitherSide"/> when complete.</summary>
    private static SideMatch TakeNumber(ref ReadOnlySpan<byte> rest, byte sign, int greatest, out int number)
    {
        number = 0;
        if (rest.IsEmpty || rest[0] != sign)
            return rest.IsEmpty ? SideMatch.Partial : SideMatch.Mismatch;
        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
        {
            number = number * 10 + (rest[digits++] - '0');
            if (number > greatest)
                return SideMatch.Mismatch;
        }

        var end = rest[digits..];
        if (end.Length < 2)
            return end.IsEmpty || (end[0] == '\r' && number > 0) ? SideMatch.Partial : SideMatch.Mismatch;
        if (number == 0 || !end.StartsWith("\r\n"u8))
            return SideMatch.Mismatch;
        rest = end[2..];
        return SideMatch.EitherSide;
    }

    /// <summary>The only inline command with a fixed reply.</summary>
    private static SideMatch WeighPing(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply)
    {
        if (!Begins(command, "PING\r\n"u8) || !Begins(reply, "+PONG\r\n"u8))
            return SideMatch.Mismatch;
        return command.Length < 6 || reply.Length < 7 ? SideMatch.Partial : SideMatch.Request;
    }

    private static bool Begins(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> text) =>
        stream.CommonPrefixLength(text) == Math.Min(stream.Length, text.Length);
}
