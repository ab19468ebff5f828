using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>Recognises CLDAP (RFC 1798; used to locate domain controllers, [MS-ADTS] 6.3.3): datagrams of complete LDAP
/// messages. A server sends entry and result together.</summary>
internal sealed class CldapRecogniser : IRecogniser
{
    /// <summary>Messages examined per datagram: a few entries and the result.</summary>
    private const int MaximumMessages = 16;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == BerReader.Sequence;

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
        if (!LdapMessage.TryParse(bytes, out var first, out _))
            return SideMatch.Mismatch;
        var rest = bytes;
        for (var i = 0; i < MaximumMessages && !rest.IsEmpty; i++)
        {
            if (!LdapMessage.TryParse(rest, out var message, out var error))
                return error == ParseError.Incomplete && !isWhole ? first.Side : SideMatch.Mismatch;
            if (message.TotalLength > rest.Length)
                return isWhole ? SideMatch.Mismatch : first.Side;
            rest = rest[message.TotalLength..];
        }

        return first.Side;
    }
}
