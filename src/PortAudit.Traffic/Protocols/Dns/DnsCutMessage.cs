using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A DNS message over UDP cut after its header. The NetBIOS name service has the same header, so only what it
/// never sends counts: a query with an additional record (its queries have none, RFC 1002 §4.2.12; DNS adds EDNS, RFC
/// 6891 §6.1.1), or a query and a response with its id that repeats the question (its responses do not, §4.2.13). A
/// header is a shape, no proof.</summary>
internal static class DnsCutMessage
{
    /// <summary>Examines a datagram that is no complete message.</summary>
    public static RecogniserAnswer Weigh(in SentDatagram datagram, ref Recognition recognition)
    {
        if (datagram.IsWhole || !TryParse(datagram.Payload, out var message)
            || !(message.IsResponse || message.IsPlainQuery))
            return RecogniserAnswer.NoMatch;
        if (!message.IsResponse && message is not { AuthorityCount: 0, AdditionalCount: 1 })
            return RecogniserAnswer.NeedMoreData;
        if (message.IsResponse && !AnswersEarlier(datagram, message))
            return RecogniserAnswer.NoMatch;
        recognition.Strength = MatchStrength.Shape;
        recognition.Client = message.IsResponse ? datagram.Receiver : datagram.Sender;
        return RecogniserAnswer.Match;
    }

    private static bool AnswersEarlier(in SentDatagram datagram, DnsMessage answer)
    {
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (datagram.IsOpposedTo(earlier) && TryParse(earlier.Head, out var query) && query.IsPlainQuery
                && answer.RepeatsQuestionOf(query))
                return true;
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, out DnsMessage message) =>
        DnsMessage.TryParse(bytes, DnsDialect.Unicast, out message, out _)
        && message.CheckSections(isWhole: false, out var _) == ParseError.Incomplete;
}
