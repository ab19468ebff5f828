using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>Recognises DHCPv6 over UDP (RFC 8415) by options that fill the message and include a unique identifier or a
/// relayed message.</summary>
internal sealed class Dhcpv6Recogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => Dhcpv6Types.IsDefined(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, conversation.IsWhole),
            Weigh(conversation.FromResponder, conversation.IsWhole));
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!Dhcpv6Message.TryParse(bytes, isWhole, out var message, out _))
            return SideMatch.Mismatch;
        return Dhcpv6Types.IsReply(message.Type) ? SideMatch.Reply : SideMatch.Request;
    }
}
