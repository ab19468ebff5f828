using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>Recognises modes 6 and 7: a response with its data, or one that matches an earlier request, is proof. A
/// request alone is a shape.</summary>
internal static class NtpManagement
{
    /// <summary>Examines a datagram of one of the two modes.</summary>
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
