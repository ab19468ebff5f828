using System.Collections.Immutable;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>Writes a value that no format has to quote or escape: letters, digits and marks of ASCII, no comma, quote or control character.</summary>
internal delegate void FlowToken(in FlowRow row, Utf8Row text);

/// <summary>Gives any text, from the network or the file system too; null when there is none.</summary>
internal delegate string? FlowText(in FlowRow row);

/// <summary>Gives a number; null when there is none.</summary>
internal delegate long? FlowNumber(in FlowRow row);

/// <summary>
/// A column of the flow list (design §7): one row here is one column of CSV and one property of JSON lines. Exactly one of
/// <paramref name="Token"/>, <paramref name="Text"/> and <paramref name="Number"/> is set; null from them, or a token of nothing, means unknown.
/// </summary>
/// <param name="Name">Name in output.</param>
/// <param name="Token">Writes the value of a column of tokens.</param>
/// <param name="Text">The value of a text column.</param>
/// <param name="Number">The value of a number column.</param>
internal sealed record FlowColumn(string Name, FlowToken? Token = null, FlowText? Text = null, FlowNumber? Number = null)
{
    /// <summary>The columns in the order of the contract.</summary>
    public static readonly ImmutableArray<FlowColumn> All =
    [
        new("flow_id", (in row, text) => text.AppendHexadecimal(row.Flow.Id)),
        new("community_id", (in row, text) => text.Append(row.CommunityId)),
        new("start", (in row, text) => text.AppendTime(row.Flow.StartNs, row.Flow.TimestampDigits)),
        new("end", (in row, text) => text.AppendTime(row.Flow.EndNs, row.Flow.TimestampDigits)),
        new("transport", Text: (in row) => Word(row.Flow.Transport.ToString())),
        new("originator", (in row, text) => text.AppendAddress(row.Flow.Originator.Address)),
        new("originator_port", Number: (in row) => Port(row.Flow.Transport, row.Flow.Originator)),
        new("responder", (in row, text) => text.AppendAddress(row.Flow.Responder.Address)),
        new("responder_port", Number: (in row) => Port(row.Flow.Transport, row.Flow.Responder)),
        new("vlan", (in row, text) => text.AppendVlan(row.Flow.Vlan)),
        new("direction_basis", Text: (in row) => Word(row.Flow.DirectionBasis.ToText())),
        new("outcome", Text: (in row) => Word(row.Flow.Outcome.ToText())),
        new("history", Text: (in row) => Word(row.Flow.History)),
        new("packets_out", Number: (in row) => row.Flow.Out.Packets),
        new("bytes_out", Number: (in row) => row.Flow.Out.Bytes),
        new("packets_in", Number: (in row) => row.Flow.In.Packets),
        new("bytes_in", Number: (in row) => row.Flow.In.Bytes),
        new("payload_out", Number: (in row) => row.Flow.Out.PayloadBytes),
        new("payload_in", Number: (in row) => row.Flow.In.PayloadBytes),
        new("protocol", Text: (in row) => row.Flow.Protocol),
        new("protocol_basis", Text: (in row) => Word(row.Flow.ProtocolBasis.ToText())),
        new("service", Text: (in row) => row.Flow.Service),
        new("service_basis", Text: (in row) => Word(row.Flow.ServiceBasis.ToText())),
        new("announced_by", Text: (in row) => AnnouncementText.Of(row.Flow.Announcement, row.CapturePaths)),
        new("capture", Text: (in row) => row.CapturePaths[row.Flow.Capture]),
        new("level", Number: (in row) => row.Flow.Level),
        new("tunnel", Text: (in row) => row.Flow.Tunnel),
        new("parent", (in row, text) => AppendParent(row.Flow, text)),
        new("started_as", Text: (in row) => row.Flow.StartedAs),
    ];

    private static string? Word(string text) => text.Length > 0 ? text : null;

    private static void AppendParent(FlowRecord flow, Utf8Row text)
    {
        if (flow.ParentId != 0)
            text.AppendHexadecimal(flow.ParentId);
    }

    /// <summary>A port, or type and code of ICMP; null for a transport that has neither.</summary>
    private static long? Port(IpProtocol transport, Endpoint endpoint) => transport.HasPorts || transport.IsIcmp ? endpoint.Port : null;
}
