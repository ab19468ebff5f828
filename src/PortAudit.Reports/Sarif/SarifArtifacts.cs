using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Audit.Site;
using PortAudit.Reports.Baseline;

namespace PortAudit.Reports.Sarif;

/// <summary>The files that a run is about (SARIF §3.24): the site file, then the captures, those too that could not be
/// opened.</summary>
internal sealed class SarifArtifacts
{
    /// <summary>The name of standard input, which is no file.</summary>
    private const string StandardInput = "-";

    private readonly ImmutableArray<string> _paths;
    private readonly AuditRun _run;

    public SarifArtifacts(AuditRun run)
    {
        _run = run;
        _paths = [run.Report.SiteFile, .. run.Report.Observation.Captures.Select(capture => capture.Path),
            .. run.Unread.Select(input => input.Path)];
    }

    public string Site => _paths[0];

    /// <summary>The property <c>artifacts</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("artifacts");
        for (var index = 0; index < _paths.Length; index++)
        {
            json.WriteStartObject();
            WriteLocation(json, "location", _paths[index]);
            WriteRoles(json, isSite: index == 0, isNamed: index > 0 || _run.Report.ProposedSite is null);
            if ((index == 0 ? _run.Report.SiteSha256 : _run.CaptureHashes.GetValueOrDefault(_paths[index])) is { } hash)
            {
                json.WriteStartObject("hashes");
                json.WriteString("sha-256", hash);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A property that names one of the files: by its URI where it has one, and by its index among the
    /// artifacts.</summary>
    public void WriteLocation(Utf8JsonWriter json, string property, string path)
    {
        json.WriteStartObject(property);
        if (path is StandardInput or SiteLoader.ProposedName)
        {
            json.WriteStartObject("description");
            json.WriteString("text", path == StandardInput ? "standard input" : "site proposed from the captures");
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("uri", SarifText.Uri(path));
        }

        if (_paths.IndexOf(path) is >= 0 and var index)
            json.WriteNumber("index", index);
        json.WriteEndObject();
    }

    private static void WriteRoles(Utf8JsonWriter json, bool isSite, bool isNamed)
    {
        json.WriteStartArray("roles");
        json.WriteStringValue(isSite ? "userSpecifiedConfiguration" : "analysisTarget");
        if (isNamed)
            json.WriteStringValue("referencedOnCommandLine");
        json.WriteEndArray();
    }
}
