using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Makes the view of a flow for recognisers.</summary>
internal static class FlowConversation
{
    /// <summary>Fills the view in place: copying a hundred bytes just written stalls the processor (store forwarding),
    /// 3 % of the time of a list of flows.</summary>
    public static void Make(
        ref readonly Flow flow,
        ReadOnlySpan<byte> fromOriginator,
        ReadOnlySpan<byte> fromResponder,
        bool isWhole,
        DatagramMemory? earlier,
        out Conversation conversation)
    {
        conversation = default;
        conversation.Transport = flow.Key.Transport;
        (conversation.OriginatorPort, conversation.ResponderPort) =
            flow.Originator == Side.Low ? (flow.Key.LowPort, flow.Key.HighPort) : (flow.Key.HighPort, flow.Key.LowPort);
        conversation.Responder = flow.Key.AddressOf(flow.Responder);
        conversation.FromOriginator = fromOriginator;
        conversation.FromResponder = fromResponder;
        conversation.IsWhole = isWhole;
        if (flow.Key.Low.IsMulticast || flow.Key.High.IsMulticast)
            conversation.Group = flow.Key.Low.IsMulticast ? flow.Key.Low : flow.Key.High;
        if (earlier is not null)
            conversation.Earlier = earlier.HistoryOf(flow.Originator);
    }
}
