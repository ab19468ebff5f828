using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Identification;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Flows as JSON lines: one object per flow, its properties in the order of <see cref="FlowColumn.All"/>, then what a TLS handshake
/// showed; unknown values are null. Described by <c>docs/schema/flows.schema.json</c>.
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

    private static void WriteNames(Utf8JsonWriter json, string property, ImmutableArray<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
