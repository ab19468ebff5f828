using PortAudit.Audit;

namespace PortAudit.Reports.Json;

/// <summary>Writes which part of the captures a result is limited to.</summary>
internal static class JsonSelection
{
    /// <summary>The property <c>selection</c>; null for all of the captures.</summary>
    public static void Write(JsonFields fields, CaptureSelection? selection)
    {
        if (selection is null)
        {
            fields.Writer.WriteNull("selection");
            return;
        }

        fields.Object("selection", () =>
        {
            fields.Time("since", selection.Packets.SinceNs);
            fields.Time("until", selection.Packets.UntilNs);
            fields.Writer.WriteString("filter", selection.Packets.Filter);
            fields.Strings("flows", selection.Flows.Texts);
            fields.Writer.WriteNumber("packets_outside_time", selection.PacketsLeftOut.ByTime);
            fields.Writer.WriteNumber("packets_filtered_out", selection.PacketsLeftOut.ByFilter);
            if (selection.IsOfStore)
                fields.Writer.WriteNumber("stored_flows_outside_time", selection.RowsLeftOut);
            else if (selection.RowsLeftOut > 0)
                fields.Writer.WriteNumber("log_rows_outside_time", selection.RowsLeftOut);
            fields.Writer.WriteNumber("flows_left_out", selection.FlowsLeftOut);
        });
    }
}
