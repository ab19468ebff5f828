using System.Collections.Immutable;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Flows as a table for the eye. A width that cannot hold every column loses the least important ones, and a last line says which;
/// no value is ever cut. Without a width every column is shown.
/// </summary>
internal static class FlowTable
{
    private const string Gap = "  ";

    /// <summary>A column of the table.</summary>
    /// <param name="Title">Its heading.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="Rank">0 is never left out; the highest rank is left out first.</param>
    /// <param name="AlignRight">True for numbers.</param>
    private sealed record Column(string Title, Func<FlowRecord, string> Value, int Rank, bool AlignRight = false);

    private static readonly ImmutableArray<Column> Columns =
    [
        new("START", flow => ReportTime.Format(flow.StartNs, flow.TimestampDigits), 3),
        new("TRANSPORT", flow => flow.Transport.ToString(), 0),
        new("ORIGINATOR", flow => End(flow, flow.Originator), 0),
        new("RESPONDER", flow => End(flow, flow.Responder), 0),
        new("VLAN", flow => flow.Vlan.ToString(), 5),
        new("OUTCOME", flow => flow.Outcome.ToText(), 0),
        new("PROTOCOL", Protocol, 0),
        new("PACKETS", flow => Quantity.Count(flow.Out.Packets + flow.In.Packets), 1, true),
        new("BYTES", flow => Quantity.Count(flow.Out.Bytes + flow.In.Bytes), 2, true),
        new("DIRECTION BY", flow => flow.DirectionBasis.ToText(), 4),
        new("HISTORY", flow => VisibleText.Escape(flow.History), 6),
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="flows">The flows.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns of the terminal; null when lines may be of any length.</param>
    public static void Write(FlowList flows, TextWriter writer, int? width)
    {
        if (flows.Flows.Count == 0)
        {
            writer.Write("No flow: the captures hold no packet of a conversation.\n");
            return;
        }

        var widths = Columns.Select(column => flows.Flows.Max(flow => column.Value(flow).Length)).ToArray();
        var present = Enumerable.Range(0, Columns.Length).Where(index => widths[index] > 0).ToList();
        foreach (var index in present)
            widths[index] = Math.Max(widths[index], Columns[index].Title.Length);
        var shown = Fit(present, widths, width);

        WriteLine(writer, shown, widths, column => column.Title);
        foreach (var flow in flows.Flows)
            WriteLine(writer, shown, widths, column => column.Value(flow));

        writer.Write($"{Quantity.Of(flows.Flows.Count, "flow")}.\n");
        if (shown.Count < present.Count)
        {
            var leftOut = present.Except(shown).Select(index => Columns[index].Title.ToLowerInvariant());
            writer.Write($"Left out at this width: {string.Join(", ", leftOut)}. CSV and JSON lines hold everything.\n");
        }
    }

    private static List<int> Fit(List<int> present, int[] widths, int? width)
    {
        var shown = present.ToList();
        while (shown.Sum(index => widths[index]) + (Gap.Length * (shown.Count - 1)) > width)
        {
            var least = shown.MaxBy(index => Columns[index].Rank);
            if (Columns[least].Rank == 0)
                break;
            shown.Remove(least);
        }

        return shown;
    }

    private static void WriteLine(TextWriter writer, List<int> shown, int[] widths, Func<Column, string> text)
    {
        var cells = shown.Select(index => Columns[index].AlignRight
            ? text(Columns[index]).PadLeft(widths[index])
            : text(Columns[index]).PadRight(widths[index]));
        writer.Write(string.Join(Gap, cells).TrimEnd());
        writer.Write('\n');
    }

    /// <summary>Address and port; type or code of ICMP in words, nothing where the transport has no ports.</summary>
    private static string End(FlowRecord flow, Endpoint end)
    {
        if (flow.Transport.IsIcmp)
            return $"{end.Address} {(end.Equals(flow.Originator) ? "type" : "code")} {Quantity.Count(end.Port)}";
        return flow.Transport.HasPorts ? end.ToString() : end.Address.ToString();
    }

    /// <summary>Protocol and service, with a question mark where nothing but the port says so.</summary>
    private static string Protocol(FlowRecord flow)
    {
        var protocol = Named(flow.Protocol, flow.ProtocolBasis);
        return flow.Service is null ? protocol : $"{protocol}/{Named(flow.Service, flow.ServiceBasis)}";
    }

    private static string Named(string? name, IdentificationBasis basis)
    {
        if (name is null)
            return "";
        return basis == IdentificationBasis.Port ? $"{VisibleText.Escape(name)}?" : VisibleText.Escape(name);
    }
}
