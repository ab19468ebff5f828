using System.Collections.Immutable;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>A column of the table of flows.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Format">Writes its value, without control characters.</param>
/// <param name="Rank">0 is never left out; the highest rank is left out first.</param>
/// <param name="AlignRight">True for numbers.</param>
internal sealed record FlowTableColumn(string Title, Action<FlowRow, Utf8Row> Format, int Rank, bool AlignRight = false)
{
    private const string Outcome = "OUTCOME";

    /// <summary>The columns of a table whose columns nobody chose.</summary>
    public static readonly ImmutableArray<FlowTableColumn> Default =
    [
        new("START", (row, text) => text.AppendTime(row.Flow.StartNs, row.Flow.TimestampDigits), 3),
        new("TRANSPORT", (row, text) => text.Append(row.Flow.Transport.ToString()), 0),
        new("ORIGINATOR", (row, text) => FormatEnd(row.Flow, row.Flow.Originator, text), 0),
        new("RESPONDER", (row, text) => FormatEnd(row.Flow, row.Flow.Responder, text), 0),
        new("VLAN", (row, text) => text.Append(row.Flow.Vlan.ToString()), 5),
        new(Outcome, (row, text) => text.Append(row.Flow.Outcome.ToText()), 0),
        new("PROTOCOL", (row, text) => ProtocolText.Append(row.Flow, text), 0),
        new("PACKETS", (row, text) => text.AppendCount(row.Flow.Out.Packets + row.Flow.In.Packets), 1, true),
        new("BYTES", (row, text) => text.AppendCount(row.Flow.Out.Bytes + row.Flow.In.Bytes), 2, true),
        new("DIRECTION BY", (row, text) => text.Append(row.Flow.DirectionBasis.ToText()), 4),
        new("HISTORY", (row, text) => text.Append(VisibleText.Escape(row.Flow.History)), 6),
    ];

    /// <summary>True for the column whose values are coloured.</summary>
    public bool IsOutcome => Title == Outcome;

    /// <summary>A column that the user chose: it is never left out.</summary>
    public static FlowTableColumn Of(FlowColumn column) => new(column.Name.ToUpperInvariant(),
        (row, text) => text.Append(VisibleText.Escape(column.CellOf(row).Text ?? "")), 0, column.IsCount);

    /// <summary>Address and port; type or code of ICMP in words, nothing where the transport has no ports.</summary>
    private static void FormatEnd(FlowRecord flow, Endpoint end, Utf8Row text)
    {
        var isBracketed = flow.Transport.HasPorts && !end.Address.IsIpv4;
        if (isBracketed)
            text.Append((byte)'[');
        text.AppendAddress(end.Address);
        if (isBracketed)
            text.Append((byte)']');
        if (flow.Transport.IsIcmp)
        {
            text.Append(end.Equals(flow.Originator) ? " type "u8 : " code "u8);
            text.AppendCount(end.Port);
        }
        else if (flow.Transport.HasPorts)
        {
            text.Append((byte)':');
            text.AppendNumber(end.Port);
        }
    }
}
