using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Recognises one generation of SMB over TCP, on port 445 or within a NetBIOS session. A client that offers
/// both begins with SMB 1; the flow is named by what follows. The service is the first pipe opened, or
/// <see cref="SmbPipeSearch.Encrypted"/>.</summary>
/// <param name="generation">The generation to recognise: <see cref="SmbGeneration.First"/> or
/// <see cref="SmbGeneration.Second"/>.</param>
internal sealed class SmbRecogniser(SmbGeneration generation) : IRecogniser
{
    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = SmbOpening.Read(conversation.FromOriginator);
        var responder = SmbOpening.Read(conversation.FromResponder);
        var spoken = Spoken(originator, responder);
        if (spoken == SmbGeneration.Open)
            return RecogniserAnswer.NeedMoreData;
        if (spoken != SmbGeneration.Unknown && spoken != generation)
            return RecogniserAnswer.NoMatch;
        var answer = new TwoSidedMatch(originator.SideMatch,
            responder.SideMatch)
        { RepliesProve = true }.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match)
            NamePipe(conversation, ref recognition);
        return answer;
    }

    private static void NamePipe(in Conversation conversation, ref Recognition recognition)
    {
        var originator = SmbPipeSearch.Walk(conversation.FromOriginator, conversation.FromResponder);
        var responder = SmbPipeSearch.Walk(conversation.FromResponder, conversation.FromOriginator);
        recognition.Service = originator.Service is null or SmbPipeSearch.Encrypted
            ? responder.Service ?? originator.Service
            : originator.Service;
        recognition.ServiceBasis = recognition.Service is null ? IdentificationBasis.None : IdentificationBasis.Payload;
        recognition.WantsMore = !originator.IsSettled && !responder.IsSettled;
    }

    /// <summary>The generation agreed by both directions; <see cref="SmbGeneration.Open"/> while offered but not
    /// chosen.</summary>
    public static SmbGeneration Spoken(SmbOpening one, SmbOpening other)
    {
        if (one.Generation == SmbGeneration.Second || other.Generation == SmbGeneration.Second)
            return SmbGeneration.Second;
        if (one.Generation == SmbGeneration.First || other.Generation == SmbGeneration.First)
            return SmbGeneration.First;
        if (one.Generation != SmbGeneration.Open && other.Generation != SmbGeneration.Open)
            return SmbGeneration.Unknown;

        // If the other side's bytes are not SMB, the offer itself is SMB 1.
        return one.SideMatch == SideMatch.Mismatch || other.SideMatch == SideMatch.Mismatch
            ? SmbGeneration.First
            : SmbGeneration.Open;
    }
}
