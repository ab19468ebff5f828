using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Xmpp;

/// <summary>Recognises XMPP over TCP by either side's opening stream header (RFC 6120 §4.2, §4.7, §4.8). The content
/// namespace names the service. Follows STARTTLS (<see cref="XmppStartTls"/>).</summary>
internal sealed class XmppRecogniser : IRecogniser
{
    /// <summary>Longest opening tag: two domain names, an identifier and three namespaces.</summary>
    public const int MaximumHeader = 2048;

    private static ReadOnlySpan<byte> Declaration => "<?xml"u8;

    private static ReadOnlySpan<byte> Opening => "<stream:stream"u8;

    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        string? service = null;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, ref service),
            Weigh(conversation.FromResponder, ref service));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && service is not null)
        {
            recognition.Service = service;
            recognition.ServiceBasis = IdentificationBasis.Payload;
        }

        if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Originator)
            XmppStartTls.Follow(conversation.FromOriginator, conversation.FromResponder, isForward: true,
                ref recognition);
        else if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Responder)
            XmppStartTls.Follow(conversation.FromResponder, conversation.FromOriginator, isForward: false,
                ref recognition);
        return answer;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ref string? service)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (bytes[0] != Declaration[0])
            return SideMatch.Mismatch;
        var isLong = bytes.Length >= MaximumHeader;
        var evidence = WeighHeader(bytes[..Math.Min(bytes.Length, MaximumHeader)], ref service);
        return evidence == SideMatch.Partial && isLong ? SideMatch.Mismatch : evidence;
    }

    private static SideMatch WeighHeader(ReadOnlySpan<byte> bytes, ref string? service)
    {
        var common = bytes.CommonPrefixLength(Declaration);
        if (common == Declaration.Length)
        {
            var end = bytes.IndexOf("?>"u8);
            if (end < 0)
                return SideMatch.Partial;
            bytes = bytes[(end + 2)..];
        }
        else if (common == bytes.Length)
        {
            return SideMatch.Partial;
        }

        var tag = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return tag < 0 ? SideMatch.Partial : WeighTag(bytes[tag..], ref service);
    }

    private static SideMatch WeighTag(ReadOnlySpan<byte> bytes, ref string? service)
    {
        var common = bytes.CommonPrefixLength(Opening);
        if (common < Opening.Length)
            return common == bytes.Length ? SideMatch.Partial : SideMatch.Mismatch;
        var attributes = new XmlAttributes(bytes[Opening.Length..]);
        var isStream = false;
        var hasId = false;
        while (attributes.MoveNext())
        {
            isStream |= attributes.Name.SequenceEqual("xmlns:stream"u8)
                && attributes.Value.SequenceEqual("http://etherx.jabber.org/streams"u8);
            // some initiators send an empty one
            hasId |= attributes.Name.SequenceEqual("id"u8) && !attributes.Value.IsEmpty;
            if (attributes.Name.SequenceEqual("xmlns"u8))
                service ??= ServiceOf(attributes.Value);
        }

        if (!attributes.SawEnd)
            return attributes.IsMalformed ? SideMatch.Mismatch : SideMatch.Partial;

        // RFC 6120 §4.7.3: the response header must have an id, the initial header must not.
        return !isStream ? SideMatch.Mismatch : hasId ? SideMatch.Reply : SideMatch.Request;
    }

    private static string? ServiceOf(ReadOnlySpan<byte> contentNamespace)
    {
        if (contentNamespace.SequenceEqual("jabber:client"u8))
            return "xmpp-client";
        return contentNamespace.SequenceEqual("jabber:server"u8) ? "xmpp-server" : null;
    }
}
