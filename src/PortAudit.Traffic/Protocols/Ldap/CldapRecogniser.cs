using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ldap;

/// <summary>
/// Recognises connectionless LDAP (RFC 1798; [MS-ADTS] 6.3.3, by which clients find a domain controller): datagrams of
/// whole LDAP messages. A server sends entry and result together.
/// </summary>
internal sealed class CldapRecogniser : IRecogniser
{
    /// <summary>Messages of a datagram that are looked at: a few entries and the result.</summary>
    private const int MaximumMessages = 16;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == BerReader.Sequence;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var testimony = new Testimony(Weigh(conversation.FromOriginator, conversation.IsWhole),
            Weigh(conversation.FromResponder, conversation.IsWhole));
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!LdapMessage.TryParse(bytes, out var first, out _))
            return Evidence.Foreign;
        var rest = bytes;
        for (var i = 0; i < MaximumMessages && !rest.IsEmpty; i++)
        {
            if (!LdapMessage.TryParse(rest, out var message, out var error))
                return error == ParseError.Incomplete && !isWhole ? first.Side : Evidence.Foreign;
            if (message.TotalLength > rest.Length)
                return isWhole ? Evidence.Foreign : first.Side;
            rest = rest[message.TotalLength..];
        }

        return first.Side;
    }
}
