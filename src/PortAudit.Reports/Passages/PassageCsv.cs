using System.Globalization;
using PortAudit.Audit.Passages;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Passages;

/// <summary>A row for each connection with what a device did to it (RFC 4180). What is unknown is empty.</summary>
public static class PassageCsv
{
    private static readonly string[] Columns =
    [
        "near_point", "far_point", "fate", "certainty", "basis", "transport",
        "near_flow_id", "near_originator", "near_originator_port", "near_responder", "near_responder_port",
        "far_flow_id", "far_originator", "far_originator_port", "far_responder", "far_responder_port",
        "start", "changes", "why",
    ];

    /// <summary>Writes the rows with a header line.</summary>
    public static void Write(IEnumerable<PassageReport> reports, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(reports);
        CsvLine.Write(writer, Columns);
        foreach (var report in reports)
        {
            foreach (var passage in report.Passages)
                CsvLine.Write(writer, Fields(report, passage));
        }
    }

    private static IEnumerable<string> Fields(PassageReport report, Passage passage) =>
    [
        passage.Near?.CapturePoint ?? Other(report, passage.Far!),
        passage.Far?.CapturePoint ?? Other(report, passage.Near!),
        passage.Fate.ToText(),
        passage.Basis?.ToCertainty() ?? "",
        passage.Basis?.ToText() ?? "",
        passage.Flow.Transport.ToString(),
        .. Endpoints(passage.Near),
        .. Endpoints(passage.Far),
        ReportTime.Format(passage.Flow.StartNs, passage.Flow.TimestampDigits),
        string.Join("; ", passage.Changes.Select(PassageWords.Change)),
        passage.Why,
    ];

    private static string Other(PassageReport report, FlowRecord flow) =>
        flow.CapturePoint == report.First ? report.Second : report.First;

    private static string[] Endpoints(FlowRecord? flow) => flow is null ? ["", "", "", "", ""]
        :
        [
            flow.FlowId, flow.Originator.Address.ToString(),
            flow.Originator.Port.ToString(CultureInfo.InvariantCulture), flow.Responder.Address.ToString(),
            flow.Responder.Port.ToString(CultureInfo.InvariantCulture),
        ];
}
