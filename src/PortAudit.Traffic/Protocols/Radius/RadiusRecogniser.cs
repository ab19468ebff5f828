using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Radius;

/// <summary>
/// Recognises RADIUS by a code, a length that is the datagram's, and attributes that fill it. A packet without
/// attributes has little to show: it is proved by the request with the same identifier that it answers, and has the
/// shape of a reply without one.
/// </summary>
internal sealed class RadiusRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => RadiusPacket.SideOf((RadiusCode)first) != SideMatch.Mismatch;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!RadiusPacket.TryParse(bytes, out var packet, out _) || !packet.AddsUp)
            return RecogniserAnswer.NoMatch;
        if (conversation.IsWhole ? packet.Length != bytes.Length : packet.Length < bytes.Length)
            return RecogniserAnswer.NoMatch;
        if (!packet.HasAttributes && packet.Side == SideMatch.Request)
            return RecogniserAnswer.NoMatch;
        if (!packet.HasAttributes && !AnswersEarlier(packet, conversation.Earlier, isFromOriginator))
            recognition.Strength = MatchStrength.Shape;
        recognition.Client =
            (packet.Side == SideMatch.Request) == isFromOriginator ? ClientSide.Originator : ClientSide.Responder;
        return RecogniserAnswer.Match;
    }

    private static bool AnswersEarlier(RadiusPacket packet, DatagramHistory earlier, bool isFromOriginator)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            var asked = earlier[i];
            if (asked.IsFromOriginator != isFromOriginator && RadiusPacket.TryParse(asked.Head, out var request, out _)
                && request.Identifier == packet.Identifier && packet.Answers(request.Code))
                return true;
        }

        return false;
    }
}
