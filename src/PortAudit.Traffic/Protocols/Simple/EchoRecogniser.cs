using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Simple;

/// <summary>Recognises echo (RFC 862) as a shape: the reply equals the request. A minimum length is required, because
/// greetings of other protocols may be equal, and short datagrams are often returned.</summary>
internal sealed class EchoRecogniser : IRecogniser
{
    /// <summary>Equal bytes required in a stream: more than common greetings.</summary>
    public const int MinimumStream = 32;

    /// <summary>Equal bytes required in a datagram: more than an unchanged header.</summary>
    public const int MinimumDatagram = 24;

    /// <summary>Bytes awaited at most.</summary>
    public const int MaximumWait = 1024;

    /// <summary>Port of echo: only a hint whether binary data is worth remembering.</summary>
    private const ushort Port = 7;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        recognition.Strength = MatchStrength.Shape;
        return conversation.Transport == IpProtocol.Tcp
            ? RecogniseStream(conversation, ref recognition)
            : RecogniseDatagram(conversation, ref recognition);
    }

    private static RecogniserAnswer RecogniseStream(in Conversation conversation, ref Recognition recognition)
    {
        var originator = conversation.FromOriginator;
        var responder = conversation.FromResponder;
        if (originator.IsEmpty || responder.IsEmpty)
            return originator.IsEmpty && responder.IsEmpty || IsWorthWaiting(conversation,
                originator.IsEmpty ? responder : originator) ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;

        // The echo is never ahead of the request.
        var common = originator.CommonPrefixLength(responder);
        if (common < Math.Min(originator.Length, responder.Length))
            return RecogniserAnswer.NoMatch;
        if (common < MinimumStream)
            return RecogniserAnswer.NeedMoreData;
        recognition.Client = originator.Length > responder.Length
            ? ClientSide.Originator
            : responder.Length > originator.Length ? ClientSide.Responder : ClientSide.Unknown;
        return RecogniserAnswer.Match;
    }

    private static RecogniserAnswer RecogniseDatagram(in Conversation conversation, ref Recognition recognition)
    {
        var isByOriginator = conversation.FromResponder.IsEmpty;
        var payload = isByOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (payload.Length < MinimumDatagram)
            return RecogniserAnswer.NoMatch;
        var head = payload[..Math.Min(payload.Length, DatagramHistory.HeadLength)];
        for (var i = 0; i < conversation.Earlier.Count; i++)
        {
            var earlier = conversation.Earlier[i];
            if (earlier.IsFromOriginator == isByOriginator || earlier.Length != payload.Length
                || !earlier.Head.SequenceEqual(head))
                continue;
            recognition.Client = isByOriginator ? ClientSide.Responder : ClientSide.Originator;
            return RecogniserAnswer.Match;
        }

        return IsWorthWaiting(conversation, payload) ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
    }

    private static bool IsWorthWaiting(in Conversation conversation, ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaximumWait && (conversation.OriginatorPort == Port || conversation.ResponderPort == Port
            || !bytes.ContainsAnyExcept(Ascii.TextCharacters));
}
