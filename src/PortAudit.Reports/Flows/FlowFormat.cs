using System.Collections.Immutable;

namespace PortAudit.Reports.Flows;

/// <summary>A format in which flows are listed. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Write">Writes the list; the width in columns is null when lines may be of any length.</param>
public sealed record FlowFormat(string Name, Action<FlowList, TextWriter, int?> Write)
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<FlowFormat> All =
    [
        new("table", FlowTable.Write),
        new("csv", (flows, writer, _) => FlowCsv.Write(flows, writer)),
        new("jsonl", (flows, writer, _) => FlowJsonLines.Write(flows, writer)),
    ];
}
