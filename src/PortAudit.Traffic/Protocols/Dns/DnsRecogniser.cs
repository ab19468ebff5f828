using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Recognises DNS messages over UDP and, with a length prefix, over TCP (RFC 1035 §4). The QR bit identifies
/// the client. Multicast DNS and LLMNR have the same format (RFC 6762 §18, RFC 4795 §2.1): only the multicast groups
/// and ports required by both standards distinguish them, so each of the three is an instance for its own groups and
/// ports.</summary>
internal sealed class DnsRecogniser(DnsDialect dialect) : IRecogniser
{
    private const int LengthPrefix = 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (DialectOf(conversation) != dialect || IsBetweenNetBiosHosts(conversation))
            return RecogniserAnswer.NoMatch;
        return conversation.Transport == IpProtocol.Tcp
            ? RecogniseStreams(conversation, ref recognition)
            : RecogniseDatagram(conversation, ref recognition);
    }

    private RecogniserAnswer RecogniseStreams(in Conversation conversation, ref Recognition recognition) =>
        new TwoSidedMatch(WeighStream(conversation.FromOriginator),
            WeighStream(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);

    /// <summary>Separate from the dialect test: every datagram is shown to three instances, two of which stop
    /// there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RecogniserAnswer RecogniseDatagram(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var evidence = WeighMessage(isFromOriginator ? conversation.FromOriginator : conversation.FromResponder,
            conversation.IsWhole, out var questionType);
        var answer = TwoSidedMatch.OfDatagram(isFromOriginator, evidence).Answer(IpProtocol.Udp, ref recognition);
        var isSettled = dialect != DnsDialect.Unicast
            || (answer == RecogniserAnswer.Match && !DnsTunnel.MayHaveMarked(questionType, conversation.Earlier));
        return isSettled ? answer : WeighFurther(conversation, answer, questionType, ref recognition);
    }

    /// <summary>Checks valid messages for tunnels, and others for cuts and damage. Separate, as hardly any message
    /// needs it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RecogniserAnswer WeighFurther(in Conversation conversation, RecogniserAnswer answer,
        ushort questionType, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        if (answer == RecogniserAnswer.Match)
        {
            DnsTunnel.Weigh(datagram, questionType, ref recognition);
            return answer;
        }

        answer = DnsCutMessage.Weigh(datagram, ref recognition);
        return answer == RecogniserAnswer.NoMatch ? DnsDamagedMessage.Weigh(datagram, ref recognition) : answer;
    }

    private static DnsDialect DialectOf(in Conversation conversation)
    {
        if (conversation.Group == DnsGroups.MulticastIpv4 || conversation.Group == DnsGroups.MulticastIpv6)
            return DnsDialect.Multicast;
        if (conversation.Group == DnsGroups.LinkLocalIpv4 || conversation.Group == DnsGroups.LinkLocalIpv6)
            return DnsDialect.LinkLocal;
        // A resolver may use any source port, including these.
        if (conversation.OriginatorPort == DnsPorts.Unicast || conversation.ResponderPort == DnsPorts.Unicast)
            return DnsDialect.Unicast;
        if (conversation.OriginatorPort == DnsPorts.Multicast || conversation.ResponderPort == DnsPorts.Multicast)
            return DnsDialect.Multicast;
        return conversation.OriginatorPort == DnsPorts.LinkLocal || conversation.ResponderPort == DnsPorts.LinkLocal
            ? DnsDialect.LinkLocal
            : DnsDialect.Unicast;
    }

    /// <summary>Between two NetBIOS name ports it is not DNS, even when damage breaks the NetBIOS name.</summary>
    private static bool IsBetweenNetBiosHosts(in Conversation conversation) =>
        conversation is { OriginatorPort: DnsPorts.NetBiosNames, ResponderPort: DnsPorts.NetBiosNames };

    private SideMatch WeighStream(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (stream.Length < LengthPrefix)
            return SideMatch.Partial;
        var length = BinaryPrimitives.ReadUInt16BigEndian(stream);
        if (length < DnsMessage.HeaderLength)
            return SideMatch.Mismatch;
        var message = stream[LengthPrefix..];
        var isWhole = message.Length >= length;
        if (isWhole)
            message = message[..length];
        return WeighMessage(message, isWhole, out _) is var evidence && evidence == SideMatch.NoData
            ? SideMatch.Partial
            : evidence;
    }

    /// <summary>Examines a message. The type of its first question is 0 when missing.</summary>
    private SideMatch WeighMessage(ReadOnlySpan<byte> bytes, bool isWhole, out ushort questionType)
    {
        questionType = 0;
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!DnsMessage.TryParse(bytes, dialect, out var message, out var error))
            return error == ParseError.Incomplete && !isWhole ? SideMatch.Partial : SideMatch.Mismatch;
        error = message.CheckSections(isWhole, out questionType);
        if (error == ParseError.Incomplete)
            return isWhole ? SideMatch.Mismatch : SideMatch.Partial;
        if (error != ParseError.None)
            return SideMatch.Mismatch;

        // Multicast DNS responders announce unsolicited (RFC 6762 §8.3), so a response does not make the other side a
        // client.
        if (message.IsResponse)
            return dialect == DnsDialect.Multicast ? SideMatch.EitherSide : SideMatch.Reply;
        return SideMatch.Request;
    }
}
