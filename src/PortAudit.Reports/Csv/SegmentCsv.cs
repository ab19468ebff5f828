using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Segments;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Csv;

/// <summary>
/// The services between segments as comma-separated values with a header line (RFC 4180): a row for each service of
/// each pair, the fields of <c>segment_pairs[].services[]</c>. Several values in a cell are separated by one space.
/// What is unknown is empty.
/// </summary>
public static class SegmentCsv
{
    private static readonly ImmutableArray<(string Name,
        Func<SegmentPair, SegmentService, int, string> Value)> Columns =
    [
        ("from", (pair, _, _) => pair.From),
        ("to", (pair, _, _) => pair.To),
        ("transport", (_, service, _) => service.Transport.ToString()),
        ("port", (_, service, _) => service.Ports),
        ("name", (_, service, _) => service.Name ?? ""),
        ("attempts", (_, service, _) => service.IsAttempts ? "true" : "false"),
        ("flows", (_, service, _) => Number(service.Flows)),
        ("bytes", (_, service, _) => Number(service.Bytes)),
        ("permitted", (_, service, _) => Number(service.Words.Permitted)),
        ("escaped", (_, service, _) => Number(service.Words.Escaped)),
        ("blocked", (_, service, _) => Number(service.Words.Blocked)),
        ("misdropped", (_, service, _) => Number(service.Words.Misdropped)),
        ("unanswered", (_, service, _) => Number(service.Words.Unanswered)),
        ("originators", (_, service, _) => string.Join(' ', service.Originators.Select(host => host.Address))),
        ("responders", (_, service, _) => string.Join(' ', service.Responders.Select(host => host.Address))),
        ("first_seen", (_, service, digits) => ReportTime.Format(service.FirstNs, digits)),
        ("last_seen", (_, service, digits) => ReportTime.Format(service.LastNs, digits)),
        ("rules", (_, service, _) => string.Join(' ', service.Rules)),
    ];

    /// <summary>Writes a row for each service, pairs by name.</summary>
    public static void Write(AuditRun run, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        var digits = run.Report.Coverage.TimestampDigits;
        CsvLine.Write(writer, Columns.Select(column => column.Name));
        foreach (var pair in run.Report.SegmentPairs)
        {
            foreach (var service in pair.Services)
                CsvLine.Write(writer, Columns.Select(column => column.Value(pair, service, digits)));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
