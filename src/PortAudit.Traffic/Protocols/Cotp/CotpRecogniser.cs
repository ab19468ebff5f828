using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Rdp;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>Recognises one user of OSI transport over TCP (RFC 1006): Remote Desktop by cookie, negotiation or
/// conference keys, X.400 by session contexts, S7 by its telegrams, others as <c>cotp</c>. All wait while only request
/// and confirm were seen.</summary>
/// <param name="user">The user to recognise; not <see cref="CotpUser.Open"/>.</param>
internal sealed class CotpRecogniser(CotpUser user) : IRecogniser
{
    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = CotpOpening.Read(conversation.FromOriginator);
        var responder = CotpOpening.Read(conversation.FromResponder);
        var seen = originator.User == CotpUser.Open ? responder.User : originator.User;
        if (seen != CotpUser.Open && seen != user && !(user == CotpUser.S7 && seen == CotpUser.S7Plus))
            return RecogniserAnswer.NoMatch;
        var answer = new TwoSidedMatch(originator.SideMatch,
            responder.SideMatch)
        { RepliesProve = true }.Answer(conversation.Transport, ref recognition);
        if (answer != RecogniserAnswer.Match)
            return answer;
        if (seen == CotpUser.Open)
            return RecogniserAnswer.NeedMoreData;
        if (seen == CotpUser.S7Plus)
            (recognition.Service, recognition.ServiceBasis) = ("s7comm-plus", IdentificationBasis.Payload);
        if (seen == CotpUser.Rdp)
            LookForTls(conversation, ref recognition);
        return RecogniserAnswer.Match;
    }

    /// <summary>Follows a switch to TLS chosen by the server ([MS-RDPBCGR] 5.4.2.1).</summary>
    private static void LookForTls(in Conversation conversation, ref Recognition recognition)
    {
        var isForward = recognition.Client == ClientSide.Originator;
        var client = isForward ? conversation.FromOriginator : conversation.FromResponder;
        var server = isForward ? conversation.FromResponder : conversation.FromOriginator;
        if (!CotpUnit.TryParse(client, out var request, out _) || !RdpNegotiation.OffersTls(request.Variable))
            return;
        if (!CotpUnit.TryParse(server, out var confirm, out var error))
        {
            recognition.WantsMore = error == ParseError.Incomplete;
            if (server.IsEmpty && TlsHandshakeStart.IsBehind(client, request.PacketLength))
                recognition.NextIfOneWay = ProtocolSwitch.IntoTls(request.PacketLength, 0, isForward);
            return;
        }

        if (RdpNegotiation.ChoosesTls(confirm.Variable))
            recognition.Next = ProtocolSwitch.IntoTls(request.PacketLength, confirm.PacketLength, isForward);
    }
}
