using System.Collections.Immutable;

namespace PortAudit.Reports.Machine;

/// <summary>A format of <c>portaudit doctor</c>. To add one, add a row.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Write">Writes the report; the width in columns is null when lines may be of any length.</param>
public sealed record MachineReportFormat(string Name, Action<MachineReport, TextWriter, int?> Write)
{
    /// <summary>The formats; the first is the default.</summary>
    public static readonly ImmutableArray<MachineReportFormat> All =
    [
        new("table", MachineReportTable.Write),
        new("json", (report, writer, _) => MachineReportJson.Write(report, writer)),
    ];
}
