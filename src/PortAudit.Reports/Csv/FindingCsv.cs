using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Csv;

/// <summary>
/// The findings as comma-separated values with a header line (RFC 4180): the scalar fields of <c>findings[]</c> (design
/// §7) in their order. Several values in a cell are separated by one space. What is unknown is empty. Frames are too
/// many for a cell: JSON and the evidence file have them.
/// </summary>
public static class FindingCsv
{
    private static readonly ImmutableArray<(string Name, Func<Finding, AuditRun, string?> Value)> Columns =
    [
        ("id", (finding, _) => finding.Id),
        ("kind", (finding, _) => finding.Kind.ToText()),
        ("severity", (finding, _) => finding.Severity.ToText()),
        ("from_role", (finding, _) => finding.FromRole),
        ("to_role", (finding, _) => finding.ToRole),
        ("originators", (finding, _) => List(finding.Originators.Select(host => host.Address))),
        ("responders", (finding, _) => List(finding.Responders.Select(host => host.Address))),
        ("transport", (finding, _) => Spaced(finding.Transport)),
        ("port", (finding, _) => Spaced(finding.Ports)),
        ("protocol", (finding, _) => Spaced(finding.Protocol)),
        ("verdict", (finding, _) => finding.Verdict?.ToText()),
        ("rule", (finding, _) => finding.Rule?.Id),
        ("flows", (finding, _) => Number(finding.Flows)),
        ("bytes", (finding, _) => Number(finding.Bytes)),
        ("first_seen", (finding, run) => Time(finding.FirstSeenNs, run)),
        ("last_seen", (finding, run) => Time(finding.LastSeenNs, run)),
        ("explanation", (finding, _) => finding.Explanation),
        ("remedy", (finding, _) => finding.Remedy),
        ("filter", (finding, _) => finding.Evidence.Filter),
        ("frames_not_listed", (finding, _) => Number(finding.Evidence.FramesNotListed)),
        ("document", (finding, _) => finding.Rule?.Source?.Document),
        ("section", (finding, _) => finding.Rule?.Source?.Section),
        ("lines", (finding, _) => List(finding.Rule?.Source?.Lines.Select(line => Number(line)) ?? [])),
        ("capture_points", (finding, _) => List(finding.CapturePoints.Where(point => point.Length > 0))),
        ("change", (finding, run) => run.Baseline?.Of(finding)?.Change.ToText()),
        ("ground", (finding, run) => run.Baseline?.Of(finding)?.Basis?.ToText()),
        ("direction_basis", (finding, _) => finding.DirectionBasis?.ToText()),
    ];

    /// <summary>Writes a row for each finding, gravest first.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        CsvLine.Write(writer, Columns.Select(column => column.Name));
        foreach (var finding in run.Report.Findings)
            CsvLine.Write(writer, Columns.Select(column => column.Value(finding, run) ?? ""));
    }

    private static string List(IEnumerable<string> values) => string.Join(' ', values);

    private static string? Spaced(string? list) => list?.Replace(',', ' ');

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Time(long? timestampNs, AuditRun run) =>
        timestampNs is { } time ? ReportTime.Format(time, run.Report.Coverage.TimestampDigits) : null;
}
