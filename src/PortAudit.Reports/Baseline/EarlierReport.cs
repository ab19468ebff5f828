using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Baseline;

/// <summary>An earlier report, read from the JSON that an audit wrote.</summary>
public sealed class EarlierReport
{
    /// <summary>Bytes of an earlier report; one of a scan of ten million flows has a few megabytes.</summary>
    public const int MaximumBytes = 256 << 20;

    private EarlierReport(string path, string sha256, ReportNode document)
    {
        (Path, Sha256) = (path, sha256);
        var coverage = document["coverage"];
        WindowStart = coverage["window_start"].TimeOrNull(out var startNs);
        WindowEnd = coverage["window_end"].TimeOrNull(out var endNs);
        Site = document["site"]["name"].Text;
        SiteSha256 = document["site"]["sha256"].Text;
        Version = document["tool"]["version"].Text;
        Catalogs = document["catalogs"].Items.DistinctBy(catalog => catalog["id"].Text).ToFrozenDictionary(catalog =>
            catalog["id"].Text, catalog => catalog["sha256"].Text, StringComparer.Ordinal);
        Selection = SelectionOf(document);
        SegmentServices = document.Value.TryGetProperty("segment_pairs", out _)
            ? document["segment_pairs"].Items.SelectMany(SegmentServiceKey.Of).ToFrozenSet()
            : null;
        Sight = new ReportSight
        {
            IsPartial = coverage["partial"].Flag,
            WindowNs = Math.Max(0, endNs - startNs),
            RolesSeen = coverage["roles_seen"].Texts.ToFrozenSet(StringComparer.Ordinal),
            RolesSilent = coverage["roles_silent"].Texts.ToFrozenSet(StringComparer.Ordinal),
            Points = coverage["points"].Items.Where(point => point["packets"].Number > 0)
                .Select(point => point["name"].TextOrNull ?? "").ToFrozenSet(StringComparer.Ordinal),
            Hosts = ReportSight.Activity(document["hosts"].Items.SelectMany(HostOf)),
            Names = ReportSight.NamesOf(document["hosts"].Items.Select(host =>
                (host["name"].TextOrNull, host["addresses"].Texts))),
            Rules = new OrderedDictionary<RuleKey, SeenRule>(document["rules"].Items.Select(RuleOf)
                .DistinctBy(rule => rule.Key)),
            Exceptions = [.. document["exceptions"].Items.Select(entry =>
                new SeenException(entry["id"].Text, entry["flows"].Number > 0 && !entry["expired"].Flag))],
            Findings = [.. document["findings"].Items.Select(FindingOf).DistinctBy(finding => finding.Id)],
        };
    }

    /// <summary>Path as the user gave it.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>What its selection was, if any (<see cref="CaptureSelection.Grounds"/>).</summary>
    public ImmutableArray<string> Selection { get; }

    /// <summary>Services between segments; null in a report of a version that does not list them.</summary>
    internal FrozenSet<SegmentServiceKey>? SegmentServices { get; }

    /// <summary>Time of its first packet as it is written; null without a packet.</summary>
    internal string? WindowStart { get; }

    internal string? WindowEnd { get; }

    internal string Site { get; }

    internal string SiteSha256 { get; }

    internal string Version { get; }

    internal FrozenDictionary<string, string> Catalogs { get; }

    internal ReportSight Sight { get; }

    /// <summary>Reads a report.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="report">The report; null when it cannot be used.</param>
    /// <param name="problem">What is wrong and where, one sentence without the path.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out EarlierReport? report, out string problem) =>
        JsonReportFile.TryRead(path, (root, sha256) => new EarlierReport(path, sha256, root), out report, out problem);

    /// <summary>Reports of earlier versions have none.</summary>
    private static ImmutableArray<string> SelectionOf(ReportNode document) =>
        !document.Value.TryGetProperty("selection", out var value) || value.ValueKind == JsonValueKind.Null
            ? []
            : CaptureSelection.Grounds(document["selection"]["filter"].TextOrNull,
                document["selection"]["flows"].Texts);

    private static IEnumerable<(string Name, bool IsActive)> HostOf(ReportNode host)
    {
        var isActive = host["flows"].Number > 0;
        return host["addresses"].Texts.Prepend(host["name"].TextOrNull ?? "").Select(name => (name, isActive));
    }

    private static KeyValuePair<RuleKey, SeenRule> RuleOf(ReportNode row) => KeyValuePair.Create(
        new RuleKey(row["id"].Text, row["from"].Text, row["to"].Text),
        SeenRule.Of(StatusOf(row), row["reason"].Text,
            row["hosts"].Items.Select(host => (host["originator"].Text, StatusOf(host)))));

    private static RuleStatus StatusOf(ReportNode node) =>
        node["status"].Word(Enum.GetValues<RuleStatus>(), RuleStatusText.ToText);

    private static SeenFinding FindingOf(ReportNode finding) => new(
        finding["id"].Text,
        finding["kind"].Text,
        finding["severity"].Word(Enum.GetValues<Severity>(), FindingText.ToText),
        finding["from_role"].TextOrNull ?? "",
        finding["to_role"].TextOrNull ?? "",
        finding["rule"].TextOrNull,
        [.. finding["originators"].Texts],
        [.. finding["capture_points"].Texts]);
}
