using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Whether the replies of a flow return what their requests sent, as they must (RFC 792, RFC 4443 §4.2). The heads of the messages that are remembered are compared.</summary>
internal static class EchoExchanges
{
    /// <summary>Replies with data of their own that make a tunnel.</summary>
    public const int ProvingReplies = 3;

    /// <summary>True when the reply at hand and those before it say something of their own, <see cref="ProvingReplies"/> times, and none returns what its request sent.</summary>
    public static bool CarryOwnData(SentDatagram datagram, EchoMessage reply, IpProtocol transport)
    {
        var (own, returned) = (0, 0);
        Weigh(reply, datagram.Payload.Length, datagram.IsFromOriginator, datagram.Earlier, datagram.Earlier.Count, transport, ref own, ref returned);
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (EchoMessage.TryParse(earlier.Head, transport, out var message, out _) && message.IsReply)
                Weigh(message, earlier.Length, earlier.IsFromOriginator, datagram.Earlier, i, transport, ref own, ref returned);
        }

        return own >= ProvingReplies && returned == 0;
    }

    /// <summary>
    /// Compares a reply with the latest request before it that has its identifier and number. One that returns a part only says nothing of its own: some hosts answer
    /// long requests with their beginning, others with filling.
    /// </summary>
    private static void Weigh(EchoMessage reply, int length, bool isFromOriginator, DatagramHistory earlier, int count, IpProtocol transport, ref int own, ref int returned)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var candidate = earlier[i];
            if (candidate.IsFromOriginator == isFromOriginator || !EchoMessage.TryParse(candidate.Head, transport, out var request, out _)
                || request.IsReply || request.Exchange != reply.Exchange)
                continue;
            var common = Math.Min(request.Data.Length, reply.Data.Length);
            var isReturned = length <= candidate.Length && request.Data[..common].SequenceEqual(reply.Data[..common]);
            if (isReturned)
                returned++;
            else if (!PingFilling.Is(reply.Data))
                own++;
            return;
        }
    }
}
