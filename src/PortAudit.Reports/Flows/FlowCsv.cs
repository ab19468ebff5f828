using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Flows as comma-separated values with a header line (RFC 4180). Unknown values are empty.</summary>
internal static class FlowCsv
{
    /// <summary>Writes the list row by row.</summary>
    public static void Write(FlowList flows, TextWriter writer)
    {
        CsvLine.Write(writer, FlowColumn.All.Select(column => column.Name));
        foreach (var row in flows.Rows)
            CsvLine.Write(writer, FlowColumn.All.Select(column => column.Format(row)));
    }
}
