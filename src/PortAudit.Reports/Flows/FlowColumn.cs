using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PortAudit.Audit.Site;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>A column that can be chosen by name, and sorted by. To add one, add a row.</summary>
public sealed class FlowColumn
{
    /// <summary>All columns: those of the flow list in its order (<see cref="FlowColumns"/>), then those shown on
    /// request alone.</summary>
    public static readonly ImmutableArray<FlowColumn> All =
    [
        new("flow_id", row => Id(row.Flow.Id)),
        new("community_id", row => FlowCell.Of(Encoding.ASCII.GetString(row.CommunityId))),
        new("start", row => Time(row.Flow.StartNs, row.Flow)),
        new("end", row => Time(row.Flow.EndNs, row.Flow)),
        new("transport", row => FlowCell.Of(row.Flow.Transport.ToString())),
        new("originator", row => FlowCell.Of(row.Flow.Originator.Address)),
        new("originator_port", row => Port(row.Flow, row.Flow.Originator)),
        new("responder", row => FlowCell.Of(row.Flow.Responder.Address)),
        new("responder_port", row => Port(row.Flow, row.Flow.Responder)),
        new("vlan", row => FlowCell.Of(row.Flow.Vlan.ToString())),
        new("direction_basis", row => FlowCell.Of(row.Flow.DirectionBasis.ToText())),
        new("outcome", row => FlowCell.Of(row.Flow.Outcome.ToText())),
        new("history", row => FlowCell.Of(row.Flow.History)),
        new("packets_out", row => FlowCell.Of(row.Flow.Out.Packets)) { IsCount = true },
        new("bytes_out", row => FlowCell.Of(row.Flow.Out.Bytes)) { IsCount = true },
        new("packets_in", row => FlowCell.Of(row.Flow.In.Packets)) { IsCount = true },
        new("bytes_in", row => FlowCell.Of(row.Flow.In.Bytes)) { IsCount = true },
        new("payload_out", row => Payload(row.Flow, row.Flow.Out)) { IsCount = true },
        new("payload_in", row => Payload(row.Flow, row.Flow.In)) { IsCount = true },
        new("protocol", row => FlowCell.Of(row.Flow.Protocol)),
        new("protocol_basis", row => FlowCell.Of(row.Flow.ProtocolBasis.ToText())),
        new("service", row => FlowCell.Of(row.Flow.Service)),
        new("service_basis", row => FlowCell.Of(row.Flow.ServiceBasis.ToText())),
        new("announced_by", row => row.Flow.Announcement is null
            ? FlowCell.Unknown
            : FlowCell.Of(AnnouncementText.Of(row.Flow.Announcement, row.CapturePaths))),
        new("capture", row => FlowCell.Of(row.CapturePaths[row.Flow.Capture])),
        new("level", row => FlowCell.Of(row.Flow.Level)),
        new("tunnel", row => FlowCell.Of(row.Flow.Tunnel)),
        new("parent", row => row.Flow.ParentId == 0 ? FlowCell.Unknown : Id(row.Flow.ParentId)),
        new("started_as", row => FlowCell.Of(row.Flow.StartedAs)),
        new("reach", row => FlowCell.Of(row.Flow.Reach.ToText())),
        new("declined", row => FlowCell.Of(row.Flow.Declined)),
        new("packets", row => FlowCell.Of(row.Flow.Out.Packets + row.Flow.In.Packets)) { IsCount = true },
        new("bytes", row => FlowCell.Of(row.Flow.Out.Bytes + row.Flow.In.Bytes)) { IsCount = true },
        new("capture_point", row => FlowCell.Of(row.Flow.CapturePoint)),
        new("originator_name", row => FlowCell.Of(Originator(row).Name)) { NeedsSite = true },
        new("responder_name", row => FlowCell.Of(Responder(row).Name)) { NeedsSite = true },
        new("originator_roles", row => Roles(Originator(row))) { NeedsSite = true },
        new("responder_roles", row => Roles(Responder(row))) { NeedsSite = true },
        new("originator_segment", row => FlowCell.Of(Originator(row).Segment)) { NeedsSite = true },
        new("responder_segment", row => FlowCell.Of(Responder(row).Segment)) { NeedsSite = true },
    ];

    private FlowColumn(string name, Func<FlowRow, FlowCell> cellOf) => (Name, CellOf) = (name, cellOf);

    /// <summary>Its name in CSV and JSON.</summary>
    public string Name { get; }

    /// <summary>True when it says what the site file says of an endpoint.</summary>
    public bool NeedsSite { get; private init; }

    /// <summary>True for a count: aligned to the right, and sorted with the greatest first.</summary>
    public bool IsCount { get; private init; }

    internal Func<FlowRow, FlowCell> CellOf { get; }

    /// <summary>The column of a name; null when there is none.</summary>
    public static FlowColumn? Find(string name) => All.FirstOrDefault(column => column.Name == name);

    private static FlowCell Payload(FlowRecord flow, DirectionCounters side) =>
        flow.KnowsPayloadBytes ? FlowCell.Of(side.PayloadBytes) : FlowCell.Unknown;

    private static HostIdentity Originator(FlowRow row) => row.Directory!.Resolve(row.Flow.Originator.Address);

    private static HostIdentity Responder(FlowRow row) => row.Directory!.Resolve(row.Flow.Responder.Address);

    private static FlowCell Roles(HostIdentity host) => FlowCell.Of(string.Join(' ', host.Roles));

    private static FlowCell Id(ulong id) =>
        new(id.ToString("x16", CultureInfo.InvariantCulture), IsNumber: false, id);

    private static FlowCell Time(long timestampNs, FlowRecord flow) =>
        FlowCell.Of(timestampNs) with
        {
            Text = ReportTime.Format(timestampNs, flow.TimestampDigits),
            IsNumber = false,
        };

    private static FlowCell Port(FlowRecord flow, Endpoint end) =>
        flow.Transport.HasPorts || flow.Transport.IsIcmp ? FlowCell.Of(end.Port) : FlowCell.Unknown;
}
