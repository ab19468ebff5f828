using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Ntp;

/// <summary>Recognises NTP over UDP (RFC 5905). Proof is a message with consistent times, or a reply that repeats its
/// request's time. Other valid messages are a shape on port 123, the server's port (§9.1; RFC 9109 frees only the
/// client's), and nothing elsewhere. Between two such ports the mode alone shows the client.</summary>
internal sealed class NtpRecogniser : IRecogniser
{
    private const ushort ServerPort = 123;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => NtpMessage.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (bytes.IsEmpty)
            return RecogniserAnswer.NoMatch;
        if ((bytes[0] & 7) >= (int)NtpMode.Control)
            return NtpManagement.Recognise(conversation, ref recognition);
        if (!NtpMessage.TryParse(bytes, out var message, out _)
            || (conversation.IsWhole && bytes.Length % NtpMessage.WordLength != 0))
            return RecogniserAnswer.NoMatch;
        var evidence = Weigh(message);
        if (evidence == SideMatch.Mismatch)
            return RecogniserAnswer.NoMatch;
        if (!IsProved(message, conversation.Earlier, isFromOriginator))
        {
            if (conversation.OriginatorPort != ServerPort && conversation.ResponderPort != ServerPort)
                return RecogniserAnswer.NeedMoreData;
            recognition.Strength = MatchStrength.Shape;
        }

        return TwoSidedMatch.OfDatagram(isFromOriginator, evidence).Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(NtpMessage message) => message.Mode switch
    {
        NtpMode.Client => SideMatch.Request,
        NtpMode.Server or NtpMode.SymmetricPassive when message.TransmitTimestamp != 0 => SideMatch.Reply,

        // Either of two active peers may have begun; a broadcast answers nothing.
        NtpMode.SymmetricActive or NtpMode.Broadcast when message.TransmitTimestamp != 0 => SideMatch.EitherSide,
        _ => SideMatch.Mismatch,
    };

    private static bool IsProved(NtpMessage message, DatagramHistory earlier, bool isFromOriginator)
    {
        if (message.IsConsistent)
            return true;
        for (var i = 0; i < earlier.Count; i++)
        {
            var isOther = earlier[i].IsFromOriginator != isFromOriginator;
            if (isOther && NtpMessage.TryParse(earlier[i].Head, out var request, out _) && message.Answers(request))
                return true;
        }

        return false;
    }
}
