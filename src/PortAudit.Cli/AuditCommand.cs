using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Reports;
using PortAudit.Reports.Text;

namespace PortAudit.Cli;

/// <summary><c>portaudit audit</c>: judges captures by a site and its catalogs.</summary>
internal sealed class AuditCommand(CommandEnvironment environment, DiagnosticLog log)
{
    /// <summary>The word of <c>--fail-on</c> that lets no finding fail the run.</summary>
    private const string Never = "never";

    private readonly CaptureOptions _captures = new();

    private readonly Option<string> _site = new("--site") { Description = "The site file: hosts, roles, catalogs, exceptions.", HelpName = "FILE", Required = true };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Write the report as JSON, too; '-' writes it to standard output instead of the text.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _report = new("--report") { Description = "Write the report as one HTML file with plots, too.", HelpName = "FILE" };

    private readonly Option<string?> _plots = new("--plots") { Description = "Write the plots as SVG files, one for each pair of roles and kind.", HelpName = "DIR" };

    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Least severity of a finding that makes exit code 1: info, low, medium, high, critical, or never.",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => Severity.Medium.ToText(),
    };

    private readonly Option<string> _color = new("--color") { Description = "When to use colour in the text.", DefaultValueFactory = _ => "auto" };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        _failOn.AcceptOnlyFromAmong([.. Enum.GetValues<Severity>().Select(severity => severity.ToText()), Never]);
        _color.AcceptOnlyFromAmong("auto", "always", "never");
        var command = new Command(
            "audit",
            "Judges captures: what crossed that no rule explains, and what the rules require that never crossed. " +
            "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, catalog or site error, 3 input missing, unreadable or cut " +
            "(results for the rest are written), 130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_site);
        command.Add(_json);
        command.Add(_report);
        command.Add(_plots);
        command.Add(_failOn);
        command.Add(_color);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        if (_captures.LoadSite(parsed.GetValue(_site)!, parsed, log) is not { } load)
            return ExitCode.Usage;

        var arguments = CaptureRun.Expand(_captures.Names(parsed), log);
        var json = parsed.GetValue(_json);
        if (json is not (null or CaptureArguments.StandardInput) && arguments.Names(json))
        {
            log.Error($"{json}: is a capture of this run and would be overwritten");
            return ExitCode.Usage;
        }

        using var pages = PageOutputs.TryOpen(parsed.GetValue(_report), parsed.GetValue(_plots), arguments, log);
        if (pages is null)
            return ExitCode.Usage;
        using var output = JsonOutput.TryOpen(json, environment, log, out var isWritable);
        return isWritable ? Audit(parsed, load, arguments, output, pages) : ExitCode.Usage;
    }

    private ExitCode Audit(ParseResult parsed, SiteLoad load, CaptureArguments arguments, JsonOutput? output, PageOutputs pages)
    {
        var auditor = new Auditor(load.Catalogs!, load.Site!, pages.NeedTimelines);
        var reading = new CaptureRun(environment, log, arguments, load.Site!.CapturePoints, _captures.Choices(parsed));
        if (reading.Read(auditor.Add, parsed.GetValue(_captures.Quiet)) is not { } observation)
            return reading.ExitCode;

        var draft = auditor.Complete(observation, Diagnostics(load, reading));
        var report = draft.WithEvidence(reading.Evidence(draft.FlowsOfFindings));
        var run = new AuditRun(report, PortAuditCommand.Version, reading.Unread, reading.IsInterrupted);
        return Write(parsed, run, output).And(pages.Write(run, log) ? ExitCode.Success : ExitCode.Usage).And(reading.ExitCode).And(Judge(report, parsed.GetValue(_failOn)!));
    }

    private static ImmutableArray<string> Diagnostics(SiteLoad load, CaptureRun reading) =>
        [.. load.Diagnostics.Select(diagnostic => diagnostic.ToString()), .. reading.Problems.Errors, .. reading.Problems.Warnings];

    private ExitCode Write(ParseResult parsed, AuditRun run, JsonOutput? output)
    {
        if (output is not { IsStandardOutput: true })
            WriteText(parsed, run);
        return output is null || output.Write(run, log) ? ExitCode.Success : ExitCode.Usage;
    }

    private void WriteText(ParseResult parsed, AuditRun run)
    {
        var color = parsed.GetValue(_color) switch
        {
            "always" => true,
            "never" => false,
            _ => environment.OutputIsTerminal && !environment.NoColor,
        };
        var options = new TextReportOptions(environment.Width, color, parsed.GetValue(_captures.Verbose));
        if (parsed.GetValue(_captures.Quiet))
            TextReport.WriteVerdict(run, environment.Output, options);
        else
            TextReport.Write(run, environment.Output, options);
    }

    private static ExitCode Judge(AuditReport report, string failOn)
    {
        if (failOn == Never)
            return ExitCode.Success;
        var least = Enum.GetValues<Severity>().Single(severity => severity.ToText() == failOn);
        return report.Findings.Any(finding => finding.Severity >= least) ? ExitCode.Findings : ExitCode.Success;
    }
}
