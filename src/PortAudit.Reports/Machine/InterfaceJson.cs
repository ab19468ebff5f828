using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Machine;

/// <summary>Interfaces as one JSON document (<c>docs/schema/interfaces.schema.json</c>). What is not known is null or
/// an empty list.</summary>
internal static class InterfaceJson
{
    /// <summary>Version of the document's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    private const int SchemaVersion = 1;

    public static void Write(InterfaceListing listing, TextWriter writer)
    {
        JsonFormat.WriteDocument(writer, json =>
        {
            var fields = new JsonFields(json, TimestampDigits: 0);
            json.WriteNumber("schema_version", SchemaVersion);
            fields.Name("library", listing.Library);
            WriteProblem(fields, listing.Problem);
            fields.Objects("interfaces", listing.Rows, row => WriteRow(fields, row));
        });
    }

    private static void WriteRow(JsonFields fields, InterfaceRow row)
    {
        fields.Name("name", row.Name);
        fields.Name("description", row.Description);
        fields.Strings("addresses", row.Addresses);
        fields.Objects("link_types", row.LinkTypes, type =>
        {
            fields.Writer.WriteNumber("number", type.Value);
            fields.Name("name", type.Name ?? "");
        });
        fields.Writer.WriteBoolean("up", row.IsUp);
        fields.Writer.WriteBoolean("running", row.IsRunning);
        fields.Writer.WriteBoolean("loopback", row.IsLoopback);
        fields.Writer.WriteBoolean("wireless", row.IsWireless);
        fields.Writer.WriteString("connection", row.Connection);
        if (row.WasTried)
            fields.Writer.WriteBoolean("can_capture", row.Problem is null);
        else
            fields.Writer.WriteNull("can_capture");
        WriteProblem(fields, row.Problem);
    }

    private static void WriteProblem(JsonFields fields, MachineProblem? problem)
    {
        if (problem is null)
        {
            fields.Writer.WriteNull("problem");
            return;
        }

        fields.Writer.WriteStartObject("problem");
        fields.Name("kind", problem.Kind);
        fields.Name("text", problem.Text);
        fields.Name("remedy", problem.Remedy);
        fields.Writer.WriteEndObject();
    }
}
