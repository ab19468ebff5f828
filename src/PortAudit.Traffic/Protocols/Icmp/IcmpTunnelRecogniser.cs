using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Recognises tunnels in ICMP echo messages: with a magic number (ptunnel, Hans, icmptunnel, pingtunnel), with
/// IP packets (icmptx and others), with the start of a TCP protocol, and, in shape, with replies that do not return
/// their requests' data. Ordinary echo needs no recogniser, as the IP header names it.</summary>
/// <param name="transport">ICMP of IPv4 or IPv6.</param>
/// <param name="streams">Recognisers of protocols whose start fits in an echo message.</param>
internal sealed class IcmpTunnelRecogniser(IpProtocol transport, params IRecogniser[] streams) : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != transport || !SentDatagram.TryTake(conversation, out var datagram)
            || !EchoMessage.TryParse(datagram.Payload, transport, out var message, out _))
            return RecogniserAnswer.NoMatch;
        var answer = Weigh(datagram, message, ref recognition);
        if (answer == RecogniserAnswer.Match)
            HiddenTunnel.Note(ref recognition);
        return answer;
    }

    private RecogniserAnswer Weigh(in SentDatagram datagram, EchoMessage message, ref Recognition recognition)
    {
        var data = message.Data;
        if (IsMarked(data, datagram.IsWhole))
            return RecogniserAnswer.Match;
        if (EchoedPackets.Is(data, data.Length, datagram.IsWhole))
            return EchoedPackets.HasAnother(datagram, data, transport)
                ? RecogniserAnswer.Match
                : RecogniserAnswer.NeedMoreData;
        if (PingFilling.Is(data))
            return RecogniserAnswer.NoMatch;
        if (BeginsStream(data))
            return RecogniserAnswer.Match;
        if (!message.IsReply || !EchoExchanges.CarryOwnData(datagram, transport))
            return RecogniserAnswer.NeedMoreData;
        recognition.Strength = MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }

    private static bool IsMarked(ReadOnlySpan<byte> data, bool isWhole) =>
        IsHans(data) || IsIcmptunnel(data) || PingtunnelMessage.Is(data) || IsPtunnel(data, isWhole);

    /// <summary>Hans: the client's or server's magic number and one of nine types.</summary>
    private static bool IsHans(ReadOnlySpan<byte> data) =>
        data.Length > 4 && data[4] is > 0 and <= 9 && (data.StartsWith("hanc"u8) || data.StartsWith("hans"u8));

    /// <summary>icmptunnel: a magic number and one of six types.</summary>
    private static bool IsIcmptunnel(ReadOnlySpan<byte> data) =>
        data.Length > 4 && data[4] <= 5 && data.StartsWith("TUNL"u8);

    /// <summary>A header whose data fills the message, padded to even length.</summary>
    private static bool IsPtunnel(ReadOnlySpan<byte> data, bool isWhole)
    {
        if (!PtunnelHeader.TryParse(data, out var header, out _))
            return false;
        var length = PtunnelHeader.HeaderLength + header.DataLength + (header.DataLength & 1);
        return isWhole ? length == data.Length : length >= data.Length;
    }

    private bool BeginsStream(ReadOnlySpan<byte> data)
    {
        var conversation = new Conversation(IpProtocol.Tcp, 0, 0, data, [], isWhole: true);
        foreach (var recogniser in streams)
        {
            var recognition = default(Recognition);
            if (recogniser.Recognise(conversation, ref recognition) == RecogniserAnswer.Match)
                return true;
        }

        return false;
    }
}
