using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Modbus;

/// <summary>Recognises Modbus over TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b). Its header has hardly
/// any mark, so proof is a request with its reply (same transaction, unit and function), or two messages in a row from
/// one side, each as long as its function demands. A single message is a shape.</summary>
internal sealed class ModbusRecogniser : IRecogniser
{
    /// <summary>Messages examined per direction: where the capture began between a request and its reply, the first
    /// ones have no partner.</summary>
    private const int MaximumMessages = 8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = ModbusSide.Read(conversation.FromOriginator, MaximumMessages);
        var responder = ModbusSide.Read(conversation.FromResponder, MaximumMessages);
        if (originator.IsOther || responder.IsOther)
            return RecogniserAnswer.NoMatch;
        var pair = PairOf(conversation.FromOriginator, conversation.FromResponder);
        var isProof = pair != ClientSide.Unknown || originator.Formed >= ModbusSide.MessagesForProof
            || responder.Formed >= ModbusSide.MessagesForProof;
        var isShape = originator.Messages + responder.Messages == 1 && originator.Formed + responder.Formed == 1;
        if (!isProof && !isShape)
            return RecogniserAnswer.NeedMoreData;
        recognition.Strength = isProof ? MatchStrength.Proof : MatchStrength.Shape;
        recognition.Client = pair == ClientSide.Unknown || originator.Form == responder.Form
            ? ClientOf(originator.Form, responder.Form)
            : pair;
        return RecogniserAnswer.Match;
    }

    /// <summary>The side of a request that the other side answers; unknown without one.</summary>
    private static ClientSide PairOf(ReadOnlySpan<byte> originator, ReadOnlySpan<byte> responder)
    {
        for (var i = 0; i < MaximumMessages && ModbusMessage.TryParse(originator, out var one, out _); i++)
        {
            var rest = responder;
            for (var j = 0; j < MaximumMessages && ModbusMessage.TryParse(rest, out var other, out _); j++)
            {
                if (one.IsAnsweredBy(other))
                    return ClientSide.Originator;
                if (other.IsAnsweredBy(one))
                    return ClientSide.Responder;
                rest = rest[other.TotalLength..];
            }

            originator = originator[one.TotalLength..];
        }

        return ClientSide.Unknown;
    }

    private static ClientSide ClientOf(ModbusForm originator, ModbusForm responder) => (originator, responder) switch
    {
        (ModbusForm.Request, not ModbusForm.Request) or (not ModbusForm.Reply, ModbusForm.Reply) =>
            ClientSide.Originator,
        (not ModbusForm.Request, ModbusForm.Request) or (ModbusForm.Reply, not ModbusForm.Reply) =>
            ClientSide.Responder,
        _ => ClientSide.Unknown,
    };
}
