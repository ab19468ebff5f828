using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OpenVpn;

/// <summary>Recognises OpenVPN in TLS mode, over UDP and, with a length prefix, over TCP. No packet has a magic number,
/// so both sides are needed: one acknowledges the other's session id, or, with tls-crypt, answers its reset with a
/// following number and time. Over UDP, data packets with peer ids are recognised from several.</summary>
internal sealed class OpenVpnRecogniser : IRecogniser
{
    private const int LengthPrefix = 2;

    /// <summary>Operation and peer of a data packet.</summary>
    private const int PeerLength = 4;
    private const int NumberLength = 4;

    /// <summary>With tls-crypt both sides count from 1.</summary>
    private const int MaximumWrappedNumber = 16;

    /// <summary>Largest clock difference between both sides, in seconds: a day.</summary>
    private const uint MaximumClockDifference = 86_400;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => OpenVpnPacket.MayBeginWith(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return RecogniseStreams(conversation, ref recognition);
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        if (OpenVpnPacket.TryParseControl(datagram.Payload, out var packet, out _))
            return datagram.Payload.Length < OpenVpnPacket.LeastControlLength
                ? RecogniserAnswer.NoMatch
                : RecogniseControl(datagram, packet, ref recognition);
        if (!OpenVpnPacket.MayBeNumberedData(datagram.Payload))
            return RecogniserAnswer.NoMatch;
        return CounterTrail.CountRises(datagram, PeerLength, NumberLength) >= CounterTrail.ProvingRises
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    private static RecogniserAnswer RecogniseControl(SentDatagram datagram, OpenVpnPacket packet,
        ref Recognition recognition)
    {
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (!datagram.IsOpposedTo(earlier) || !OpenVpnPacket.TryParseControl(earlier.Head, out var other, out _)
                || !Agree(packet, other))
                continue;
            recognition.Client = ClientOf(packet, other, datagram.Sender, datagram.Receiver);
            return RecogniserAnswer.Match;
        }

        return RecogniserAnswer.NeedMoreData;
    }

    private static RecogniserAnswer RecogniseStreams(in Conversation conversation, ref Recognition recognition)
    {
        var error = ReadFirst(conversation.FromOriginator, out var one);
        var otherError = ReadFirst(conversation.FromResponder, out var other);
        if (error is not (ParseError.None or ParseError.Incomplete)
            || otherError is not (ParseError.None or ParseError.Incomplete))
            return RecogniserAnswer.NoMatch;
        if (error == ParseError.Incomplete || otherError == ParseError.Incomplete)
            return RecogniserAnswer.NeedMoreData;
        if (!Agree(one, other))
            return RecogniserAnswer.NoMatch;
        recognition.Client = ClientOf(one, other, ClientSide.Originator, ClientSide.Responder);
        return RecogniserAnswer.Match;
    }

    /// <summary>The complete first packet of a stream, needed for searching it.</summary>
    private static ParseError ReadFirst(ReadOnlySpan<byte> stream, out OpenVpnPacket packet)
    {
        packet = default;
        if (stream.Length < LengthPrefix)
            return ParseError.Incomplete;
        var length = BinaryPrimitives.ReadUInt16BigEndian(stream);
        if (length < OpenVpnPacket.LeastControlLength)
            return ParseError.BadLength;
        var body = stream[LengthPrefix..];
        if (!OpenVpnPacket.TryParseControl(body[..Math.Min(body.Length, length)], out packet, out var error))
            return error;
        return body.Length < length ? ParseError.Incomplete : ParseError.None;
    }

    private static bool Agree(OpenVpnPacket one, OpenVpnPacket other) =>
        one.Repeats(other.Session) || other.Repeats(one.Session) || AreWrappedResets(one, other);

    private static bool AreWrappedResets(OpenVpnPacket one, OpenVpnPacket other)
    {
        var areResets = (one.IsClientReset && other.IsServerReset) || (one.IsServerReset && other.IsClientReset);
        return areResets && one.WrappedNumber is > 0 and <= MaximumWrappedNumber
            && other.WrappedNumber is > 0 and <= MaximumWrappedNumber
            && Math.Max(one.WrappedTime,
                other.WrappedTime) - Math.Min(one.WrappedTime, other.WrappedTime) <= MaximumClockDifference;
    }

    private static ClientSide ClientOf(OpenVpnPacket one, OpenVpnPacket other, ClientSide senderOfOne,
        ClientSide senderOfOther)
    {
        if (one.IsClientReset || other.IsServerReset)
            return senderOfOne;
        return one.IsServerReset || other.IsClientReset ? senderOfOther : ClientSide.Unknown;
    }
}
