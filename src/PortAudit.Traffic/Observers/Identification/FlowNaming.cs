using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Stores in a flow what recognisers found.</summary>
internal sealed class FlowNaming(FlowDetailPool details, bool readsNames)
{
    private const FlowFlags OfProtocol = FlowFlags.BeginsControl | FlowFlags.CarriesNames;

    /// <summary>Which of <see cref="OfProtocol"/> each registry row has.</summary>
    private readonly FlowFlags[] _marks = [.. ProtocolRegistry.Rows.Select(row => FlagsOf(row, readsNames))];

    /// <summary>Sets the protocol. If the flow already has another one, that was the one before a switch.</summary>
    public void Decide(ref Flow flow, int row, in Recognition recognition, Side originator, FrameReference frame)
    {
        var changed = FlowFlags.CarriesNames;
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

    /// <summary>Sets as service the protocol before the latest switch, which continues inside the next one, unless a
    /// handshake names it. Behind a proxy it is not the flow's first protocol.</summary>
    public static void KeepAsService(FlowDetail detail, int row)
    {
        if (detail.Service is null)
            SetService(detail, ProtocolRegistry.Rows[row].Name, IdentificationBasis.Payload);
    }

    /// <summary>Withdraws the name given by a request that the server did not accept.</summary>
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
        var carriesNames = readsNames && (row.Names is not null || row.Credentials is not null);
        return carriesNames ? marks | FlowFlags.CarriesNames : marks;
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
