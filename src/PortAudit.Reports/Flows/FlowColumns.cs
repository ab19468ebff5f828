using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>The columns of the flow list (design §7): one of them is one column of CSV and one property of JSON
/// lines.</summary>
internal static class FlowColumns
{
    /// <summary>Their names in the order of the contract.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "flow_id", "community_id", "start", "end",
        "transport", "originator", "originator_port", "responder", "responder_port", "vlan",
        "direction_basis", "outcome", "history",
        "packets_out", "bytes_out", "packets_in", "bytes_in", "payload_out", "payload_in",
        "protocol", "protocol_basis", "service", "service_basis", "announced_by",
        "capture", "level", "tunnel", "parent", "started_as", "reach", "declined",
    ];

    /// <summary>Gives the values of a flow, one for each name, in the same order.</summary>
    /// <param name="row">The flow.</param>
    /// <param name="cells">Takes the values.</param>
    public static void Write<TCells>(in FlowRow row, ref TCells cells)
        where TCells : IFlowCells, allows ref struct
    {
        var flow = row.Flow;
        cells.AddId(flow.Id);
        cells.AddToken(row.CommunityId);
        cells.AddTime(flow.StartNs, flow.TimestampDigits);
        cells.AddTime(flow.EndNs, flow.TimestampDigits);

        cells.AddText(flow.Transport.ToString());

        // ICMP has a type and a code instead of ports.
        var hasPorts = flow.Transport.HasPorts || flow.Transport.IsIcmp;
        cells.AddAddress(flow.Originator.Address);
        if (hasPorts)
            cells.AddNumber(flow.Originator.Port);
        else
            cells.AddUnknown();
        cells.AddAddress(flow.Responder.Address);
        if (hasPorts)
            cells.AddNumber(flow.Responder.Port);
        else
            cells.AddUnknown();
        cells.AddVlan(flow.Vlan);

        cells.AddText(flow.DirectionBasis.ToText());
        cells.AddText(flow.Outcome.ToText());
        cells.AddText(flow.History.Length > 0 ? flow.History : null);

        cells.AddNumber(flow.Out.Packets);
        cells.AddNumber(flow.Out.Bytes);
        cells.AddNumber(flow.In.Packets);
        cells.AddNumber(flow.In.Bytes);
        if (flow.KnowsPayloadBytes)
        {
            cells.AddNumber(flow.Out.PayloadBytes);
            cells.AddNumber(flow.In.PayloadBytes);
        }
        else
        {
            cells.AddUnknown();
            cells.AddUnknown();
        }

        cells.AddText(flow.Protocol);
        cells.AddText(flow.ProtocolBasis.ToText());
        cells.AddText(flow.Service);
        cells.AddText(flow.ServiceBasis.ToText());
        cells.AddText(flow.Announcement is null ? null : AnnouncementText.Of(flow.Announcement, row.CapturePaths));

        cells.AddText(row.CapturePaths[flow.Capture]);
        cells.AddNumber(flow.Level);
        cells.AddText(flow.Tunnel);
        if (flow.ParentId != 0)
            cells.AddId(flow.ParentId);
        else
            cells.AddUnknown();
        cells.AddText(flow.StartedAs);
        cells.AddText(flow.Reach.ToText());
        cells.AddText(flow.Declined);
    }
}
