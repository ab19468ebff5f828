using System.Globalization;
using System.Text;
using System.Text.Json;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Flows as JSON lines: one object per flow, its properties in the order of <see cref="FlowColumns"/>, then what a TLS
/// handshake showed, what did not come once and in order, how many packets are recorded twice, and who stopped the
/// flow; unknown values are null. Described by <c>docs/schema/flows.schema.json</c>.
/// </summary>
internal sealed class FlowJsonLines : IFlowRows, IDisposable
{
    private readonly Utf8Row _token = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonFormat.Line);

    public bool NeedsAllRows => false;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        _json.Reset(text);
        WriteObject(flow);
        _json.Flush();
        End(text);
    }

    /// <summary>Ends a line: what cannot be seen in it is written out.</summary>
    public static void End(Utf8Row text)
    {
        if (!Ascii.IsValid(text.Written))
            EscapeInvisible(text);
        text.Append((byte)'\n');
    }

    public void WriteHead(Stream output)
    {
    }

    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);

    public void Dispose() => _json.Dispose();

    private static void EscapeInvisible(Utf8Row text)
    {
        using var escaped = new StringWriter(CultureInfo.InvariantCulture);
        JsonFormat.Write(escaped, text.Written);
        text.Clear();
        text.Append(escaped.ToString());
    }

    private void WriteObject(in FlowRow flow)
    {
        _json.WriteStartObject();
        var cells = new JsonCells(_json, _token);
        FlowColumns.Write(flow, ref cells);
        TlsJson.Write(_json, flow.Flow.Tls);
        var isTcp = flow.Flow.Transport == IpProtocol.Tcp;
        WriteStream(_json, "stream_out", isTcp ? flow.Flow.StreamOut : null);
        WriteStream(_json, "stream_in", isTcp ? flow.Flow.StreamIn : null);
        _json.WriteNumber("duplicates", flow.Flow.Duplicates);
        StopJson.Write(_json, flow.Flow);
        if (flow.Flow.Log is { } log)
        {
            _json.WriteStartObject("log");
            _json.WriteString("source", log.Source.Name);
            _json.WriteString("id", log.Identifier.Length == 0 ? null : log.Identifier);
            _json.WriteNumber("line", log.Line);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter json, string property, StreamCounters? counters)
    {
        if (counters is not { } stream)
        {
            json.WriteNull(property);
            return;
        }

        json.WriteStartObject(property);
        json.WriteNumber("retransmissions", stream.Retransmissions);
        json.WriteNumber("out_of_order", stream.OutOfOrder);
        json.WriteNumber("keep_alives", stream.KeepAlives);
        json.WriteNumber("window_probes", stream.WindowProbes);
        json.WriteNumber("jumps", stream.Jumps);
        json.WriteNumber("gaps", stream.Gaps);
        json.WriteNumber("gap_bytes", stream.GapBytes);
        json.WriteEndObject();
    }
}
