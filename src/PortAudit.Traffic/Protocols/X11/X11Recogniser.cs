using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.X11;

/// <summary>Recognises X11 over TCP by either side's connection setup, and in the middle of a connection by consecutive
/// server messages with continuing sequence numbers.</summary>
internal sealed class X11Recogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var (originator, responder) = (Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder));
        return new TwoSidedMatch(AsClient(originator, responder, conversation.FromOriginator),
            AsClient(responder, originator, conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (X11Setup.TryParse(bytes, out var error))
            return SideMatch.Request;
        var isOpen = error == ParseError.Incomplete;
        for (var i = 0; i < 2; i++)
        {
            var isBig = i == 1;
            if (X11SetupReply.TryParse(bytes, isBig, out error))
                return SideMatch.Reply;
            var stream = X11Stream.WeighServer(bytes, isBig);
            if (stream == SideMatch.Reply)
                return stream;
            isOpen |= error == ParseError.Incomplete || stream == SideMatch.Partial;
        }

        return isOpen ? SideMatch.Partial : SideMatch.Mismatch;
    }

    /// <summary>Requests in the middle of a connection prove nothing, as nearly any bytes are valid: they only do not
    /// contradict the other side. If that is another protocol, nothing more is awaited.</summary>
    private static SideMatch AsClient(SideMatch own, SideMatch other, ReadOnlySpan<byte> bytes) =>
        own == SideMatch.Mismatch && other != SideMatch.Mismatch
            && (X11Stream.MayBeClient(bytes, false) || X11Stream.MayBeClient(bytes, true)) ? SideMatch.Partial : own;
}
