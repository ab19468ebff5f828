using System.Buffers;
using System.Text.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as JSON lines: one object per flow, its properties in the order of <see cref="FlowColumn.All"/>, unknown values null. Described by <c>docs/schema/flows.schema.json</c>.</summary>
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

        json.WriteEndObject();
    }
}
