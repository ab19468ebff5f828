using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Roles;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary>The site of an audit without --site: proposed from the same captures like <c>portaudit roles</c>, which are
/// read twice.</summary>
/// <param name="rulesDirectory">Directory of further catalogs; null for none.</param>
/// <param name="log">Where diagnostics go.</param>
internal sealed class ProposedSiteFile(string? rulesDirectory, DiagnosticLog log)
{
    /// <summary>Why no site can be proposed from the captures, or not saved there; null when it can.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="savePath">Where the user wants the site saved; null for nowhere.</param>
    public static string? WhyImpossible(CaptureArguments captures, string? savePath)
    {
        if (captures.ReadOnce is { } once)
            return $"without --site the captures are read twice, first to propose a site, and {once} can be read once "
                + "only: save it to a file first, or name a site with --site";
        if (savePath is not null && AuditOutput.NamesStandardOutput(savePath))
            return "--save-site: name a file; 'portaudit roles' writes a site to standard output";
        return savePath is not null && !AtomicFile.IsDevice(savePath) && File.Exists(savePath)
            ? $"{savePath}: exists already, and a site file may hold corrections: name another file, or remove it"
            : null;
    }

    /// <summary>Reads the captures, proposes a site, and saves it where that is wanted.</summary>
    /// <param name="reading">The captures, not yet read.</param>
    /// <param name="savePath">Path of <paramref name="output"/>.</param>
    /// <param name="output">Takes the site file; null when not wanted.</param>
    /// <returns>The site with its catalogs; null, with a line in the log, when there is none.</returns>
    public SiteLoad? Propose(CaptureRun reading, string? savePath, AuditOutput? output)
    {
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(rulesDirectory, []), rulesDirectory, diagnostics);
        Write(diagnostics);
        if (catalogs is null)
            return null;
        var survey = new RoleSurvey(catalogs);
        if (reading.Survey(survey.Add, survey.Add) is not { } observation)
            return null;
        var proposals = survey.Propose(observation, Confidence.Medium);
        if (output is not null)
            proposals = proposals.With(reading.Evidence(RoleFrames.ToFetch(RoleFrames.RolesOf(proposals))));
        var text = TextOf(proposals, observation, catalogs);
        var load = SiteLoader.LoadProposed(savePath ?? SiteLoader.ProposedName, text, rulesDirectory);
        Write(load.Diagnostics);
        if (load.Site is null || output?.WriteText(writer => writer.Write(text), log) == false)
            return null;
        return load;
    }

    private static string TextOf(RoleProposals proposals, ObservationSummary observation, CatalogSet catalogs)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RoleYaml.Write(proposals, new RoleRun(ProgramVersion.Text, observation, [], IsPartial: false),
            catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id), writer);
        return writer.ToString();
    }

    private void Write(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
    }
}
