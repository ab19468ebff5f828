using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Checks whether the replies of a flow return their requests' data, as required (RFC 792, RFC 4443 §4.2), by
/// comparing the remembered starts of messages.</summary>
internal static class EchoExchanges
{
    /// <summary>Replies with different data that prove a tunnel.</summary>
    public const int ProvingReplies = 3;

    /// <summary>Content of a reply.</summary>
    private enum Content
    {
        /// <summary>No reply, or its request was not seen.</summary>
        Unknown,

        /// <summary>The request's data or its beginning: some hosts cut long data.</summary>
        Returned,

        /// <summary>Filler or unreadable data.</summary>
        Filling,

        /// <summary>Different data.</summary>
        Own,
    }

    /// <summary>True when the current and earlier messages include <see cref="ProvingReplies"/> replies with different
    /// data, and none that returns its request's.</summary>
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

    /// <summary>Compares a reply with the latest request among the first <paramref name="count"/> messages with its
    /// identifier and number.</summary>
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
