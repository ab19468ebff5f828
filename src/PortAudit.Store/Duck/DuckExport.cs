using PortAudit.Store.Rows;

namespace PortAudit.Store.Duck;

/// <summary>Flows as other tools read them: times as times, captures by path.</summary>
internal static class DuckExport
{
    private static readonly string[] Own =
    [
        Columns.Likeness, Columns.Import, Columns.Details, Columns.Course, Columns.Start, Columns.End, "flow_id",
        "parent", "capture", "protocol_capture", "answer", "timestamp_digits",
    ];

    /// <summary>The query of all flows, in order of their starts.</summary>
    public static string Query => "SELECT format('{:016x}', flow_id) AS flow_id, "
        + $"make_timestamp_ns(flows.{Columns.Start}) AS start, make_timestamp_ns(flows.{Columns.End}) AS \"end\", "
        + string.Join(", ", Columns.OfFlows.Where(column => !Own.Contains(column.Name))
            .Select(column => $"flows.{column.Name}"))
        + ", CASE WHEN parent = 0 THEN NULL ELSE format('{:016x}', parent) END AS parent, inputs.path AS capture, "
        + "inputs.sha256 AS capture_sha256 "
        + "FROM flows LEFT JOIN inputs ON inputs.import = flows.import AND inputs.number = flows.capture "
        + $"ORDER BY flows.{Columns.Start}, flows.flow_id";
}
