using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Radius;

/// <summary>Recognises RADIUS by code, a length equal to the datagram's, and attributes that fill it. Without
/// attributes a packet is proved only as the reply to a request with the same identifier; otherwise it is a
/// shape.</summary>
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
