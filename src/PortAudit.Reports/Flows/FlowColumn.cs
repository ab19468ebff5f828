using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>
/// A column of the flow list (design §7): one row here is one column of CSV and one property of JSON lines. Exactly one of
/// <paramref name="Text"/> and <paramref name="Number"/> is set; null from either means unknown.
/// </summary>
/// <param name="Name">Name in output.</param>
/// <param name="Text">The value of a text column.</param>
/// <param name="Number">The value of a number column.</param>
internal sealed record FlowColumn(string Name, Func<FlowRow, string?>? Text = null, Func<FlowRow, long?>? Number = null)
{
    /// <summary>The columns in the order of the contract.</summary>
    public static readonly ImmutableArray<FlowColumn> All =
    [
        new("flow_id", row => row.Flow.FlowId),
        new("community_id", row => row.Flow.CommunityId),
        new("start", row => ReportTime.Format(row.Flow.StartNs, row.Flow.TimestampDigits)),
        new("end", row => ReportTime.Format(row.Flow.EndNs, row.Flow.TimestampDigits)),
        new("transport", row => row.Flow.Transport.ToString()),
        new("originator", row => row.Flow.Originator.Address.ToString()),
        new("originator_port", Number: row => Port(row.Flow.Transport, row.Flow.Originator)),
        new("responder", row => row.Flow.Responder.Address.ToString()),
        new("responder_port", Number: row => Port(row.Flow.Transport, row.Flow.Responder)),
        new("vlan", row => Known(row.Flow.Vlan.ToString())),
        new("direction_basis", row => row.Flow.DirectionBasis.ToText()),
        new("outcome", row => row.Flow.Outcome.ToText()),
        new("history", row => Known(row.Flow.History)),
        new("packets_out", Number: row => row.Flow.Out.Packets),
        new("bytes_out", Number: row => row.Flow.Out.Bytes),
        new("packets_in", Number: row => row.Flow.In.Packets),
        new("bytes_in", Number: row => row.Flow.In.Bytes),
        new("payload_out", Number: row => row.Flow.Out.PayloadBytes),
        new("payload_in", Number: row => row.Flow.In.PayloadBytes),
        new("protocol", row => row.Flow.Protocol),
        new("protocol_basis", row => row.Flow.ProtocolBasis.ToText()),
        new("service", row => row.Flow.Service),
        new("service_basis", row => row.Flow.ServiceBasis.ToText()),
        new("announced_by", _ => null),
        new("capture", row => row.CapturePaths[row.Flow.Capture]),
        new("level", Number: row => row.Flow.Level),
        new("tunnel", row => row.Flow.Tunnel),
        new("parent", row => row.Flow.Parent),
    ];

    /// <summary>The value as text, empty when it is unknown.</summary>
    public string Format(FlowRow row) => Text is not null ? Text(row) ?? "" : Number!(row)?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A port, or type and code of ICMP; null for a transport that has neither.</summary>
    private static long? Port(IpProtocol transport, Endpoint endpoint) => transport.HasPorts || transport.IsIcmp ? endpoint.Port : null;

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
