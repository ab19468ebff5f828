using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Recognises the NetBIOS datagram service over UDP (RFC 1002 §4.4) by encoded names. The service is the
/// destination mailslot ([MS-MAIL]): <c>browser</c>, <c>netlogon</c> (domain controller location) or
/// <c>lanman</c>.</summary>
internal sealed class NbdgmRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) =>
        (NbdgmType)first is >= NbdgmType.DirectUnique and <= NbdgmType.NegativeQueryResponse;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, ref recognition),
            Weigh(conversation.FromResponder, ref recognition));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        return answer == RecogniserAnswer.NoMatch && SentDatagram.TryTake(conversation, out var datagram)
            ? WeighHeader(datagram, ref recognition)
            : answer;
    }

    /// <summary>Examines the header of a datagram with damaged names.</summary>
    private static RecogniserAnswer WeighHeader(SentDatagram datagram, ref Recognition recognition)
    {
        if (!datagram.IsWhole || !NbdgmHeader.IsDatagramThatFills(datagram.Payload))
            return RecogniserAnswer.NoMatch;
        recognition.Strength = MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ref Recognition recognition)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!NbdgmHeader.TryParse(bytes, out var header, out _))
            return SideMatch.Mismatch;
        if (header.Type == NbdgmType.Error)
            recognition.Strength = MatchStrength.Shape; // eleven bytes without a name
        if (MailslotOf(header.UserData) is { } service)
            (recognition.Service, recognition.ServiceBasis) = (service, IdentificationBasis.Payload);
        return header.Type switch
        {
            NbdgmType.QueryRequest => SideMatch.Request,
            NbdgmType.PositiveQueryResponse or NbdgmType.NegativeQueryResponse => SideMatch.Reply,
            _ => SideMatch.EitherSide,
        };
    }

    /// <summary>The mailslots that Windows uses ([MS-BRWS] 2.1, [MS-ADTS] 6.3.1.4, [MS-NRPC] 3.5.4).</summary>
    private static string? MailslotOf(ReadOnlySpan<byte> userData)
    {
        if (!Smb1Command.TryParse(userData, out var command, out _))
            return null;
        var name = command.OpenedName;
        if (name.StartsWith(@"\MAILSLOT\BROWSE"u8))
            return "browser";
        if (name.StartsWith(@"\MAILSLOT\NET\NETLOGON"u8) || name.StartsWith(@"\MAILSLOT\NET\NTLOGON"u8)
            || name.StartsWith(@"\MAILSLOT\NET\GETDC"u8))
            return "netlogon";
        return name.StartsWith(@"\MAILSLOT\LANMAN"u8) ? "lanman" : null;
    }
}
