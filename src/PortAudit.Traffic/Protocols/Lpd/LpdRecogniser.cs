using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Lpd;

/// <summary>Recognises LPD (RFC 1179): a command byte, the queue name, a line feed; for a job, then a subcommand
/// announcing a control or data file. The daemon's acknowledgment byte proves a command; a queue query is only a
/// shape.</summary>
internal sealed class LpdRecogniser : IRecogniser
{
    /// <summary>Longest command line: a queue name, and users or job numbers.</summary>
    private const int MaximumLine = 256;

    private const byte ReceiveJob = 2;
    private const byte RemoveJobs = 5;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var answer = Weigh(conversation.FromOriginator, conversation.FromResponder, out var isShape);
        recognition.Client = ClientSide.Originator;
        if (answer == RecogniserAnswer.NoMatch)
        {
            answer = Weigh(conversation.FromResponder, conversation.FromOriginator, out isShape);
            recognition.Client = ClientSide.Responder;
        }

        recognition.Strength = isShape ? MatchStrength.Shape : MatchStrength.Proof;
        return answer;
    }

    private static RecogniserAnswer Weigh(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out bool isShape)
    {
        isShape = false;
        if (client.IsEmpty)
            return server.IsEmpty || server[0] == 0 ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
        if (client[0] is 0 or > RemoveJobs)
            return RecogniserAnswer.NoMatch;
        if (!TryTakeLine(client, out var end))
            return end < 0 ? RecogniserAnswer.NoMatch : RecogniserAnswer.NeedMoreData;
        var next = client[end..];
        if (client[0] == ReceiveJob)
            return WeighJob(next, server);

        // A queue query is all that its client sends; the reply is prose.
        if (!next.IsEmpty || server.IsEmpty
            || server[..Math.Min(server.Length, MaximumLine)].ContainsAnyExcept(Ascii.TextCharacters))
            return next.IsEmpty && server.IsEmpty ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
        isShape = true;
        return RecogniserAnswer.Match;
    }

    /// <summary>A subcommand after the command (RFC 1179 §6): 1 alone aborts; 2 and 3 have a length and a name
    /// beginning with <c>cf</c> or <c>df</c>.</summary>
    private static RecogniserAnswer WeighJob(ReadOnlySpan<byte> next, ReadOnlySpan<byte> server)
    {
        if (!server.IsEmpty && server[0] != 0)
            return RecogniserAnswer.NoMatch;
        if (next.IsEmpty)
            return RecogniserAnswer.NeedMoreData;
        if (next[0] is not (2 or 3))
            return RecogniserAnswer.NoMatch;
        if (!TryTakeLine(next, out var end))
            return end < 0 ? RecogniserAnswer.NoMatch : RecogniserAnswer.NeedMoreData;
        var rest = next[1..(end - 1)];
        var isFile = Words.IsNumber(Words.Take(ref rest)) && (rest.StartsWith("cf"u8) || rest.StartsWith("df"u8));
        return isFile ? RecogniserAnswer.Match : RecogniserAnswer.NoMatch;
    }

    /// <summary>Reads a command byte, visible text and the line feed; <paramref name="end"/> is -1 for other
    /// bytes.</summary>
    private static bool TryTakeLine(ReadOnlySpan<byte> bytes, out int end)
    {
        var window = bytes[1..Math.Min(bytes.Length, MaximumLine)];
        var length = window.IndexOfAnyExcept(Ascii.LineCharacters);
        if (length < 0)
        {
            end = window.Length < MaximumLine - 1 ? 0 : -1;
            return false;
        }

        var isLine = length > 0 && window[length] == '\n' && window[0] != ' ';
        end = isLine ? length + 2 : -1;
        return isLine;
    }
}
