using System.Text.Json;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Sarif;

/// <summary>The results of a run (SARIF §3.27): its findings, and those of an earlier report that are gone.</summary>
internal sealed class SarifResults(JsonFields fields, AuditRun run, SarifRules rules, SarifArtifacts artifacts)
{
    /// <summary>Name of the fingerprint (§3.27.17), whose last part is its version: that of how identifiers of findings
    /// are made.</summary>
    private const string Fingerprint = "portauditFindingId/v1";

    /// <summary>Frame ranges that a location names at most; the property bag has all numbers.</summary>
    private const int MaximumRanges = 20;

    private readonly Utf8JsonWriter _json = fields.Writer;
    private readonly JsonSources _sources = new(run.Report.Catalogs);

    /// <summary>The property <c>results</c>.</summary>
    public void Write()
    {
        _json.WriteStartArray("results");
        foreach (var finding in run.Report.Findings)
        {
            _json.WriteStartObject();
            WriteFinding(finding);
            _json.WriteEndObject();
        }

        foreach (var finding in run.Baseline?.Findings.Where(finding => finding.Change == FindingChange.Gone) ?? [])
        {
            _json.WriteStartObject();
            WriteGone(finding);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteFinding(Finding finding)
    {
        var change = run.Baseline?.Of(finding);
        WriteHead(finding.Kind.ToText(), finding.Severity,
            $"{FindingHeadline.Of(finding)}. {finding.Explanation} Remedy: {finding.Remedy}");
        WriteLocations(finding);
        WriteFingerprint(finding.Id);
        if (change is not null)
            _json.WriteString("baselineState", StateOf(change.Change));
        _json.WriteStartObject("properties");
        JsonFindings.Write(fields, finding, _sources);
        if (change is not null)
            WriteChange(change);
        _json.WriteEndObject();
    }

    private void WriteGone(BaselineFinding finding)
    {
        WriteHead(finding.Kind, finding.SeverityBefore!.Value, finding.Sentence);
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        WriteLocation(artifacts.Site);
        WriteLogicalLocations(finding.FromRole, finding.ToRole, []);
        _json.WriteEndObject();
        _json.WriteEndArray();
        WriteFingerprint(finding.Id);
        _json.WriteString("baselineState", StateOf(finding.Change));
        _json.WriteStartObject("properties");
        WriteChange(finding);
        _json.WriteEndObject();
    }

    private void WriteHead(string kind, Severity severity, string message)
    {
        rules.WriteReference(_json, kind);
        _json.WriteString("kind", "fail");
        _json.WriteString("level", SarifText.Level(severity));
        SarifRules.WriteText(_json, "message", message);
    }

    private void WriteFingerprint(string id)
    {
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(Fingerprint, id);
        _json.WriteEndObject();
    }

    /// <summary>The captures with the frames that prove it. An absence is in no capture: its location is the site
    /// file.</summary>
    private void WriteLocations(Finding finding)
    {
        _json.WriteStartArray("locations");
        var frames = finding.Evidence.Frames;
        for (var index = 0; index < Math.Max(1, frames.Length); index++)
        {
            _json.WriteStartObject();
            WriteLocation(frames.IsEmpty ? artifacts.Site : frames[index].Capture);
            if (index == 0)
                WriteLogicalLocations(finding.FromRole, finding.ToRole, finding.Originators.Concat(finding.Responders));
            if (!frames.IsEmpty)
                SarifRules.WriteText(_json, "message", frames[index].Rows.IsEmpty
                    ? $"{(frames[index].Numbers.Length == 1 ? "frame" : "frames")} "
                        + $"{NumberRanges.Format(frames[index].Numbers, MaximumRanges)}"
                    : LogRowText.Of(frames[index].Rows));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteLocation(string path)
    {
        _json.WriteStartObject("physicalLocation");
        artifacts.WriteLocation(_json, "artifactLocation", path);
        _json.WriteEndObject();
    }

    private void WriteLogicalLocations(string from, string to, IEnumerable<FindingHost> hosts)
    {
        _json.WriteStartArray("logicalLocations");
        if (from.Length + to.Length > 0)
            WriteLogicalLocation($"{from} -> {to}", $"{from} -> {to}", "role-pair");
        foreach (var host in hosts.Distinct())
            WriteLogicalLocation(host.Name ?? host.Address,
                host.Name is null ? host.Address : $"{host.Name} ({host.Address})", "host");
        _json.WriteEndArray();
    }

    private void WriteLogicalLocation(string name, string fullName, string kind)
    {
        _json.WriteStartObject();
        _json.WriteString("name", VisibleText.Escape(name));
        _json.WriteString("fullyQualifiedName", VisibleText.Escape(fullName));
        _json.WriteString("kind", kind);
        _json.WriteEndObject();
    }

    private void WriteChange(BaselineFinding change)
    {
        _json.WriteStartObject("baseline");
        JsonBaseline.WriteFinding(fields, change);
        _json.WriteEndObject();
    }

    private static string StateOf(FindingChange change) => change switch
    {
        FindingChange.New => "new",
        FindingChange.Changed => "updated",
        FindingChange.Gone => "absent",
        FindingChange.Unchanged => "unchanged",
    };
}
