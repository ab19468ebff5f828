using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Flows as JSON lines: one object per flow, its properties in the order of <see cref="FlowColumn.All"/>, then what a TLS handshake
/// showed, what did not come once and in order, and how many packets are recorded twice; unknown values are null. Described by <c>docs/schema/flows.schema.json</c>.
/// </summary>
internal static class FlowJsonLines
{
    /// <summary>Writes the list line by line.</summary>
    public static void Write(FlowList flows, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonFormat.Line);
        foreach (var row in flows.Rows)
        {
            WriteObject(json, row);
            json.Flush();
            JsonFormat.Write(writer, buffer);
            writer.Write('\n');
            buffer.ResetWrittenCount();
            json.Reset();
        }
    }

    private static void WriteObject(Utf8JsonWriter json, FlowRow row)
    {
        json.WriteStartObject();
        foreach (var column in FlowColumn.All)
        {
            if (column.Text is not null)
                json.WriteString(column.Name, column.Text(row));
            else if (column.Number!(row) is { } number)
                json.WriteNumber(column.Name, number);
            else
                json.WriteNull(column.Name);
        }

        WriteTls(json, row.Flow.Tls);
        var isTcp = row.Flow.Transport == IpProtocol.Tcp;
        WriteStream(json, "stream_out", isTcp ? row.Flow.StreamOut : null);
        WriteStream(json, "stream_in", isTcp ? row.Flow.StreamIn : null);
        json.WriteNumber("duplicates", row.Flow.Duplicates);
        json.WriteEndObject();
    }

    private static void WriteTls(Utf8JsonWriter json, TlsHandshake? tls)
    {
        if (tls is null)
        {
            json.WriteNull("tls");
            return;
        }

        json.WriteStartObject("tls");
        json.WriteString("version", tls.VersionText);
        json.WriteBoolean("server_hello_seen", tls.SawServerHello);
        json.WriteString("server_name", tls.ServerName);
        json.WriteString("alpn", tls.SelectedAlpn);
        WriteNames(json, "alpn_offered", tls.OfferedAlpn);
        json.WriteString("server_subject", tls.ServerSubject);
        WriteNames(json, "server_certificate_names", tls.ServerNames);
        json.WriteString("client_certificate", tls.ClientCertificate.ToText());
        json.WriteString("client_subject", tls.ClientSubject);
        json.WriteEndObject();
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

    private static void WriteNames(Utf8JsonWriter json, string property, ImmutableArray<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
