using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>What modes 6 and 7 prove: a response with the data that it counts, or one that answers an earlier request.
/// A request alone is short and has their shape.</summary>
internal static class NtpManagement
{
    /// <summary>Looks at a datagram of one of the two modes.</summary>
    public static RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!conversation.IsWhole || !NtpControlMessage.TryParse(bytes, out var message, out _))
            return RecogniserAnswer.NoMatch;
        if (!message.HasData && !AnswersEarlier(message, conversation.Earlier, isFromOriginator))
            recognition.Strength = MatchStrength.Shape;
        recognition.Client = message.IsResponse == isFromOriginator ? ClientSide.Responder : ClientSide.Originator;
        recognition.Service = message.IsControl ? "control" : "private";
        recognition.ServiceBasis = IdentificationBasis.Payload;
        return RecogniserAnswer.Match;
    }

    private static bool AnswersEarlier(NtpControlMessage message, DatagramHistory earlier, bool isFromOriginator)
    {
        for (var i = 0; i < earlier.Count && message.IsResponse; i++)
        {
            var isOther = earlier[i].IsFromOriginator != isFromOriginator;
            if (isOther && NtpControlMessage.TryParse(earlier[i].Head, out var request, out _) && !request.IsResponse
                && request.Exchange == message.Exchange)
                return true;
        }

        return false;
    }
}
