using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Whether a response confirms the protocol of the request.</summary>
internal enum RequestAnswer
{
    /// <summary>Too short to decide.</summary>
    Open,

    /// <summary>The server speaks the requested protocol.</summary>
    Accepted,

    /// <summary>The server speaks something else.</summary>
    Declined,
}

/// <summary>Examines the response to a request that alone identified a TCP connection. A client can send anything
/// anywhere: the name stands when the server answers in the protocol, or when no response was seen.</summary>
internal static class RequestTrial
{
    private const SideFlags Opening = SideFlags.Syn | SideFlags.SynAck;
    private const SideFlags Ending = SideFlags.Fin | SideFlags.Rst;

    /// <summary>The side whose response is pending, when a match rests on the other side's request; null without. Its
    /// stream must be captured from the first byte: the middle of a message contradicts nothing. Behind a proxy it must
    /// have answered before; what follows an agreed switch (STARTTLS) is trusted.</summary>
    public static Side? AnsweringTo(ref readonly Flow flow, StreamStart streams, in Recognition recognition,
        Side originator)
    {
        var asks = streams.Switches == 0 || recognition.Client != ClientSide.Unknown;
        if (streams.Alone is not null || streams.ContinuesInside || recognition.Next is not null || !asks)
            return null;
        var asking = recognition.Client.SideOf(originator) ?? flow.Originator;
        var answering = asking.Other();
        var isOpen = !streams.PresentOf(asking).IsEmpty && streams.PresentOf(answering).IsEmpty;
        var mayAnswer = streams.Switches == 0 ? flow.Has(answering, Opening) : flow.Of(answering).PayloadBytes > 0;
        return isOpen && mayAnswer ? answering : null;
    }

    /// <summary>Examines what the answering side sent.</summary>
    public static RequestAnswer Weigh(ref readonly Flow flow, StreamStart streams, Side answering)
    {
        var alone = AskAlone(in flow, streams, answering);
        if (alone == RecogniserAnswer.Match)
            return RequestAnswer.Accepted;
        var isForeign = alone == RecogniserAnswer.NoMatch && RecogniserSet.OverTcp[streams.Matched].KnowsReplies;
        if (isForeign || IsAnotherProtocol(in flow, streams, answering))
            return RequestAnswer.Declined;
        return alone == RecogniserAnswer.NeedMoreData || IsNoAnswer(streams.PresentOf(answering))
            ? RequestAnswer.Open
            : RequestAnswer.Accepted;
    }

    /// <summary>True for a finished connection whose complete response accepts nothing: one byte, not a letter, that no
    /// protocol answers with (PostgreSQL answers with a letter); or an incomplete message after which the server
    /// closed.</summary>
    public static bool EndsUnaccepted(ref readonly Flow flow, StreamStart streams)
    {
        if (streams is not { Answering: { } answering, Matched: >= 0 } || !flow.EitherHas(Ending))
            return false;
        var answer = streams.PresentOf(answering);
        if (answer.IsEmpty || flow.Of(answering).PayloadBytes != answer.Length)
            return false;
        return IsNoAnswer(answer) || (flow.Has(answering, SideFlags.Fin) && !flow.Has(answering.Other(), SideFlags.Rst)
            && AskAlone(in flow, streams, answering) == RecogniserAnswer.NeedMoreData);
    }

    private static bool IsNoAnswer(ReadOnlySpan<byte> answer) =>
        answer is [var only] && !char.IsAsciiLetter((char)only);

    private static bool IsAnotherProtocol(ref readonly Flow flow, StreamStart streams, Side answering)
    {
        var others = RecogniserSet.OverTcp.All.Without(streams.Matched);
        ShowAlone(in flow, streams, answering, out var conversation);
        var recognition = default(Recognition);
        return RecogniserSet.OverTcp.TryAll(conversation, ref others, ref recognition) >= 0
            && recognition.Strength == MatchStrength.Proof;
    }

    private static RecogniserAnswer AskAlone(ref readonly Flow flow, StreamStart streams, Side answering)
    {
        ShowAlone(in flow, streams, answering, out var conversation);
        var recognition = default(Recognition);
        return RecogniserSet.OverTcp[streams.Matched].Recognise(conversation, ref recognition);
    }

    private static void ShowAlone(ref readonly Flow flow, StreamStart streams, Side answering,
        out Conversation conversation)
    {
        var answer = streams.PresentOf(answering);
        var isOriginator = answering == flow.Originator;
        FlowConversation.Make(in flow, isOriginator ? answer : [], isOriginator ? [] : answer, isWhole: true, null,
            out conversation);
    }
}
