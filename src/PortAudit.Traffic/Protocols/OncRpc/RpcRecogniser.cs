using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>Recognises the programs of one row by ONC RPC calls over UDP and, with record marks, over TCP (RFC 5531 §9,
/// §11). The caller is the client. Replies name no program: without a call, row <see cref="RpcProgram.AnyOther"/>
/// accepts them as a shape.</summary>
/// <param name="row">Name of the row.</param>
internal sealed class RpcRecogniser(string row) : IRecogniser
{
    private const uint LastFragment = 0x8000_0000;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return RecogniseStreams(conversation, ref recognition);

        // Recognisers of eight rows are tried on each datagram: most stop here.
        return RpcMessage.MayBegin(conversation.FromOriginator.IsEmpty
            ? conversation.FromResponder
            : conversation.FromOriginator)
                ? RecogniseDatagram(conversation, ref recognition)
                : RecogniserAnswer.NoMatch;
    }

    private RecogniserAnswer RecogniseDatagram(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram)
            || !RpcMessage.TryParse(datagram.Payload, out var message, out _))
            return RecogniserAnswer.NoMatch;
        return message.IsCall
            ? Called(message.Program, datagram.Sender, ref recognition)
            : Replied(datagram.Receiver, ref recognition);
    }

    private RecogniserAnswer RecogniseStreams(in Conversation conversation, ref Recognition recognition)
    {
        var error = ReadFirst(conversation.FromOriginator, out var one);
        var otherError = ReadFirst(conversation.FromResponder, out var other);
        if (error == ParseError.None && one.IsCall)
            return Called(one.Program, ClientSide.Originator, ref recognition);
        if (otherError == ParseError.None && other.IsCall)
            return Called(other.Program, ClientSide.Responder, ref recognition);
        if (otherError == ParseError.None && error is ParseError.None or ParseError.Incomplete)
            return Replied(ClientSide.Originator, ref recognition);
        if (error == ParseError.None && otherError == ParseError.Incomplete)
            return Replied(ClientSide.Responder, ref recognition);
        return error == ParseError.Incomplete && otherError == ParseError.Incomplete
            ? RecogniserAnswer.NeedMoreData
            : RecogniserAnswer.NoMatch;
    }

    private static ParseError ReadFirst(ReadOnlySpan<byte> stream, out RpcMessage message)
    {
        message = default;
        if (stream.Length > 0 && (stream[0] & 0x7F) != 0)
            return ParseError.BadValue;
        if (stream.Length < RpcRecord.MarkLength)
            return ParseError.Incomplete;
        var length = BinaryPrimitives.ReadUInt32BigEndian(stream) & ~LastFragment;
        if (length is < RpcMessage.LeastReplyLength or > RpcRecord.MaximumFragmentLength)
            return ParseError.BadLength;
        return RpcMessage.TryParse(stream[RpcRecord.MarkLength..], out message, out var error) && message.IsCall
            && length < RpcMessage.CallHeadLength ? ParseError.BadLength : error;
    }

    private RecogniserAnswer Called(uint program, ClientSide caller, ref Recognition recognition)
    {
        if (RpcProgram.RowOf(program) != row)
            return RecogniserAnswer.NoMatch;
        recognition.Client = caller;
        recognition.Service = row == RpcProgram.AnyOther ? RpcProgram.ServiceOf(program) : null;
        recognition.ServiceBasis = recognition.Service is null ? IdentificationBasis.None : IdentificationBasis.Payload;
        return RecogniserAnswer.Match;
    }

    private RecogniserAnswer Replied(ClientSide caller, ref Recognition recognition)
    {
        if (row != RpcProgram.AnyOther)
            return RecogniserAnswer.NeedMoreData;
        recognition.Client = caller;
        recognition.Strength = MatchStrength.Shape;
        return RecogniserAnswer.Match;
    }
}
