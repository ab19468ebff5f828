using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Telnet;

/// <summary>Recognises Telnet by option negotiation at the start of a direction (RFC 854, RFC 855): two consecutive
/// commands, or one from each side. Text without negotiation proves nothing.</summary>
internal sealed class TelnetRecogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = TelnetOpening.Read(conversation.FromOriginator);
        var responder = TelnetOpening.Read(conversation.FromResponder);
        var isMutual = originator.Negotiations > 0 && responder.Negotiations > 0;
        return new TwoSidedMatch(Weigh(originator, responder, isMutual),
            Weigh(responder, originator, isMutual)).Answer(IpProtocol.Tcp, ref recognition);
    }

    private static SideMatch Weigh(TelnetOpening own, TelnetOpening other, bool isMutual)
    {
        if (own.IsSilent)
            return SideMatch.NoData;
        if (own.IsMalformed)
            return SideMatch.Mismatch;
        if (own.Negotiations >= TelnetOpening.ProvingNegotiations || (isMutual && own.Negotiations > 0))
            return own.SideMatch;

        // Text before one side's negotiation does not contradict the other's.
        return own.Negotiations > 0 || own.IsCut || other.Negotiations > 0 ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
