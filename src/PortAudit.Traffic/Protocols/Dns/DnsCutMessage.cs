using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>
/// A DNS message over UDP of which a short snap length left the header and no whole question. The header's twelve bytes
/// are those of the NetBIOS name service, too, so that only what that does not send counts: a query with an additional
/// record (its queries have none, RFC 1002 §4.2.12; those of DNS have EDNS's, RFC 6891 §6.1.1), or a query and the
/// answer with its number that repeats the question (its answers do not, §4.2.13). A header is a shape, no proof.
/// </summary>
internal static class DnsCutMessage
{
    /// <summary>Weighs a datagram that is no whole message.</summary>
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
