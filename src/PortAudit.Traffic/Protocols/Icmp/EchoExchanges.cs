using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Whether the replies of a flow return what their requests sent, as they must (RFC 792, RFC 4443 §4.2). The
/// heads of the messages that are remembered are compared.</summary>
internal static class EchoExchanges
{
    /// <summary>Replies with data of their own that make a tunnel.</summary>
    public const int ProvingReplies = 3;

    /// <summary>What a reply says.</summary>
    private enum Content
    {
        /// <summary>It is no reply, or its request was not seen.</summary>
        Unknown,

        /// <summary>What its request said, or the beginning of it: some hosts cut long data.</summary>
        Returned,

        /// <summary>Nothing that could be read.</summary>
        Filling,

        /// <summary>Something of its own.</summary>
        Own,
    }

    /// <summary>True when the message at hand and those before it are replies with data of their own,
    /// <see cref="ProvingReplies"/> times, and none returns what its request sent.</summary>
    public static bool CarryOwnData(in SentDatagram datagram, IpProtocol transport)
    {
        var earlier = datagram.Earlier;
        var own = 0;
        for (var i = earlier.Count; i > 0; i--)
        {
            var message = i < earlier.Count ? earlier[i] : new EarlierDatagram(datagram.IsFromOriginator,
                datagram.IsWhole, datagram.Payload.Length, datagram.Payload);
            var content = ContentOf(message, earlier, i, transport);
            if (content == Content.Returned)
                return false;
            own += content == Content.Own ? 1 : 0;
        }

        return own >= ProvingReplies;
    }

    /// <summary>Compares a message, when it is a reply, with the latest request among the first
    /// <paramref name="count"/> messages that has its identifier and number.</summary>
    private static Content ContentOf(EarlierDatagram message, DatagramHistory earlier, int count, IpProtocol transport)
    {
        if (!EchoMessage.TryParse(message.Head, transport, out var reply, out _) || !reply.IsReply)
            return Content.Unknown;
        for (var i = count - 1; i >= 0; i--)
        {
            var candidate = earlier[i];
            if (candidate.IsFromOriginator == message.IsFromOriginator
                || !EchoMessage.TryParse(candidate.Head, transport, out var request, out _)
                || request.IsReply || request.Exchange != reply.Exchange)
                continue;
            var common = Math.Min(request.Data.Length, reply.Data.Length);
            if (message.Length <= candidate.Length && request.Data[..common].SequenceEqual(reply.Data[..common]))
                return Content.Returned;
            return PingFilling.Is(reply.Data) ? Content.Filling : Content.Own;
        }

        return Content.Unknown;
    }
}
