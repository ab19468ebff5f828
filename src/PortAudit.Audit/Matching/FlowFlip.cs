using System.Globalization;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Turns a flow whose originator was presumed wrongly.</summary>
internal static class FlowFlip
{
    private const char Flipped = '^';

    /// <summary>Datagrams below which a presumption from the port stays one.</summary>
    private const long FewDatagrams = 20;

    /// <summary>True when the inventory may correct the direction: it is presumed, or the flow is a call, where both
    /// endpoints send checks. A reset to a stray segment proves its direction.</summary>
    public static bool CanFlip(this FlowRecord flow) =>
        (flow.DirectionBasis is DirectionBasis.Port or DirectionBasis.FirstPacket && !flow.IsFlagProbe())
        || flow.IsTwoWayCall();

    /// <summary>True for a TCP flow whose opening was not seen, and for few datagrams whose direction is presumed from
    /// the port alone or that what is presumed to be the responder sent alone; no bytes say who opened it.</summary>
    public static bool IsGuessed(this FlowRecord flow) => flow.DirectionBasis <= DirectionBasis.Inventory
        && (flow.Transport == IpProtocol.Tcp
            ? flow.SynCount == 0 && !flow.IsFlagProbe()
            : flow is { Out.Packets: 0, RequestedAt: null }
                || (flow.DirectionBasis == DirectionBasis.Port && !ProtocolComparison.IsProof(flow.ProtocolBasis)
                    && flow.Out.Packets + flow.In.Packets < FewDatagrams));

    /// <summary>The flow with endpoints, counters and history swapped; its direction basis is the inventory.</summary>
    public static FlowRecord Turn(this FlowRecord flow) => flow with
    {
        Originator = flow.Responder,
        Responder = flow.Originator,
        Out = flow.In,
        In = flow.Out,
        StreamOut = flow.StreamIn,
        StreamIn = flow.StreamOut,
        Answer = flow.Answer.Turn(),
        LostData = flow.LostData?.Turn(),
        SessionLoss = flow.SessionLoss?.Turn(),
        FragmentLoss = flow.FragmentLoss?.Turn(),
        Trace = flow.Trace?.Turn(),
        History = TurnHistory(flow.History),
        DirectionBasis = DirectionBasis.Inventory,
    };

    // The case of a letter is the sender. A second flip undoes the first and removes its mark.
    private static string TurnHistory(string history)
    {
        var letters = string.Concat(history.Where(c => c != Flipped).Select(ChangeCase));
        return history.Contains(Flipped, StringComparison.Ordinal) ? letters : Flipped + letters;
    }

    private static char ChangeCase(char letter) => char.IsUpper(letter)
        ? char.ToLower(letter, CultureInfo.InvariantCulture)
        : char.ToUpper(letter, CultureInfo.InvariantCulture);
}
