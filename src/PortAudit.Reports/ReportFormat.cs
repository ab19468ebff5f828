using System.Collections.Immutable;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Csv;
using PortAudit.Reports.Html;
using PortAudit.Reports.Json;
using PortAudit.Reports.Junit;
using PortAudit.Reports.Markdown;
using PortAudit.Reports.Policies;
using PortAudit.Reports.Sarif;

namespace PortAudit.Reports;

/// <summary>A format in which a whole audit is written to a file. To add one, add a row: its option, output and help
/// come from here.</summary>
/// <param name="Name">Its name, which is that of its option on the command line.</param>
/// <param name="Title">What it is called in a sentence.</param>
/// <param name="Write">Writes the report.</param>
public sealed record ReportFormat(string Name, string Title, Action<AuditRun, TextWriter> Write)
{
    /// <summary>The formats, in the order in which help lists them.</summary>
    public static readonly ImmutableArray<ReportFormat> All =
    [
        new("report", "the report as one HTML page with plots",
            HtmlReport.Write) { ShowsTimelines = true, NamesCaptureHashes = true, ShowsPackets = true },
        new("overview", "an overview on one screen as HTML, for who decides: verdict, trend, top risks",
            HtmlReport.WriteOverview) { ShowsTimelines = true },
        new("json", "the report as JSON", AuditJson.Write),
        new("csv", "the findings as CSV, one row each", FindingCsv.Write),
        new("segments-csv", "the services between segments as CSV, one row each", SegmentCsv.Write),
        new("markdown", "the report as Markdown, for a ticket", AuditMarkdown.Write),
        new("sarif", "the findings as SARIF 2.1.0", AuditSarif.Write) { NamesCaptureHashes = true },
        new("worksheet", "a worksheet for the firewall's owner as CSV, or as Markdown where FILE ends in .md: rules to "
            + "add, close, tighten, review or keep", WorksheetCsv.Write)
        {
            ByExtension = ImmutableDictionary.CreateRange<string, Action<AuditRun, TextWriter>>(
                StringComparer.OrdinalIgnoreCase,
                [new(".md", WorksheetMarkdown.Write), new(".markdown", WorksheetMarkdown.Write)]),
        },
        new("junit", "rules and findings as JUnit XML, one test each", AuditJunit.Write),
    ];

    /// <summary>Other forms that the extension of the file asks for.</summary>
    public ImmutableDictionary<string, Action<AuditRun, TextWriter>> ByExtension { get; init; } =
        ImmutableDictionary<string, Action<AuditRun, TextWriter>>.Empty;

    /// <summary>The format in the form that the extension of a file asks for.</summary>
    public ReportFormat For(string path) => ByExtension.TryGetValue(Path.GetExtension(path), out var write)
        ? this with { Write = write }
        : this;

    /// <summary>True when it needs <see cref="AuditRun.CaptureHashes"/>, for which the files are read once
    /// more.</summary>
    public bool NamesCaptureHashes { get; init; }

    /// <summary>True when it shows <see cref="Audit.AuditReport.Timelines"/>, which the audit records only on
    /// request.</summary>
    public bool ShowsTimelines { get; init; }

    /// <summary>True when it shows <see cref="AuditRun.Packets"/>, for which the files are read once more.</summary>
    public bool ShowsPackets { get; init; }
}
