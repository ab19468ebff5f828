using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Snmp;

/// <summary>Recognises SNMP versions 1 to 3 over UDP (RFC 3417 §3) and, unframed, over TCP (RFC 3430 §2).</summary>
internal sealed class SnmpRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == BerReader.Sequence;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isDatagram = conversation.Transport == IpProtocol.Udp;
        var isWhole = isDatagram && conversation.IsWhole;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, isDatagram, isWhole),
            Weigh(conversation.FromResponder, isDatagram, isWhole))
        { RepliesProve = true };
        return sides.Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isDatagram, bool isWhole)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (SnmpMessage.TryParse(bytes, out var message, out var error))
            return isWhole && message.TotalLength != bytes.Length ? SideMatch.Mismatch : message.Side;
        return error == ParseError.Incomplete && !isDatagram ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
