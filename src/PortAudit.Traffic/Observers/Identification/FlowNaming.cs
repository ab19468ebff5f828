using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Writes into a flow what recognisers found.</summary>
/// <param name="details">Where details come from.</param>
/// <param name="readsNames">True when the names of hosts that a protocol tells are read.</param>
internal sealed class FlowNaming(FlowDetailPool details, bool readsNames)
{
    private const FlowFlags OfProtocol = FlowFlags.BeginsControl | FlowFlags.TellsNames;

    /// <summary>Which of <see cref="OfProtocol"/> the protocol of each row of the registry has.</summary>
    private readonly FlowFlags[] _marks = [.. ProtocolRegistry.Rows.Select(row => FlagsOf(row, readsNames))];

    /// <summary>Names the protocol. A flow that has another name already began with that one and went over.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="row">Index of the protocol in the registry.</param>
    /// <param name="recognition">What was recognised.</param>
    /// <param name="originator">The side that was shown to the recogniser as the originator.</param>
    /// <param name="frame">The frame that proved it.</param>
    public void Decide(ref Flow flow, int row, in Recognition recognition, Side originator, FrameReference frame)
    {
        var changed = FlowFlags.TellsNames;
        if (flow.ProtocolRow != row + 1)
        {
            KeepFrame(ref flow, frame);
            if (flow.ProtocolRow != 0)
                SwitchTo(details.Of(ref flow), flow.ProtocolRow);
            flow.ProtocolRow = (ushort)(row + 1);
            changed = OfProtocol;
        }

        flow.Flags = (flow.Flags & ~changed) | (_marks[row] & changed);
        if (recognition.Service is not null)
            SetService(details.Of(ref flow), recognition.Service, recognition.ServiceBasis);
        if (recognition.Client != ClientSide.Unknown)
            FlowDirection.Settle(ref flow,
                recognition.Client == ClientSide.Originator ? originator : originator.Other(), DirectionBasis.Payload);
    }

    /// <summary>Names as service the protocol that goes on within the one that the conversation went over to, unless a
    /// handshake names it.</summary>
    /// <param name="detail">The flow's detail.</param>
    /// <param name="row">Index in the registry of the protocol that handed over latest: behind a proxy another one than
    /// the flow began with.</param>
    public static void KeepAsService(FlowDetail detail, int row)
    {
        if (detail.Service is null)
            SetService(detail, ProtocolRegistry.Rows[row].Name, IdentificationBasis.Payload);
    }

    /// <summary>Takes back the name that a request gave and the server did not accept.</summary>
    public void Withdraw(ref Flow flow)
    {
        var detail = details.Of(ref flow);
        detail.DeclinedRow = flow.ProtocolRow;
        (detail.StartedAsRow, detail.ProtocolFrame) = (0, default);
        SetService(detail, null, IdentificationBasis.None);
        (flow.ProtocolRow, flow.ProtocolFrameNumber) = (0, 0);
        flow.Flags &= ~(OfProtocol | FlowFlags.AnnouncesPorts);
    }

    private static FlowFlags FlagsOf(ProtocolRow row, bool readsNames)
    {
        var marks = row.Tracker is not null ? FlowFlags.BeginsControl : FlowFlags.None;
        var tellsNames = readsNames && (row.Names is not null || row.Credentials is not null);
        return tellsNames ? marks | FlowFlags.TellsNames : marks;
    }

    private static void SwitchTo(FlowDetail detail, ushort from)
    {
        if (detail.StartedAsRow == 0)
            detail.StartedAsRow = from;
        SetService(detail, null, IdentificationBasis.None);
    }

    private static void SetService(FlowDetail detail, string? service, IdentificationBasis basis) =>
        (detail.Service, detail.ServiceBasis) = (service, basis);

    private void KeepFrame(ref Flow flow, FrameReference frame)
    {
        var isNear = frame.Capture == flow.Capture && frame.Number <= uint.MaxValue;
        flow.ProtocolFrameNumber = isNear ? (uint)frame.Number : 0;
        if (!isNear)
            details.Of(ref flow).ProtocolFrame = frame;
    }
}
