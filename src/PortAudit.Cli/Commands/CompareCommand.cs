using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Passages;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Passages;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit compare</c>: what a device did to connections, from captures of both of its sides.</summary>
internal sealed class CompareCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures = new() { TakesPoints = true };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Write the comparison as JSON; '-' writes it to standard output instead of the text.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _csv = new("--csv")
    {
        Description = "Write a row for each connection; '-' writes it to standard output instead of the text.",
        HelpName = "FILE",
    };

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in the text.");

    public Command Build()
    {
        var command = new Command(
            "compare",
            "Compares captures of two sides of a device (firewall, router, load balancer): which connections passed, "
                + "which it dropped, refused, answered or translated, what it changed, and how long it took. Needs no "
                + "site. Two captures are two points; so are the interfaces of one pcapng file. Example: "
                + "'portaudit compare captures/firewall/traffic-outside.pcap captures/firewall/traffic-inside.pcap'. "
                + "Exit codes: 0, 2 usage, 3 input missing, unreadable or cut (the rest is compared), 130 interrupted, "
                + "70 internal error.");
        _captures.AddTo(command);
        command.Add(_json);
        command.Add(_csv);
        command.Add(_color);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        var (names, named) = (_captures.Names(parsed), _captures.Points.Captures(parsed));
        var points = _captures.Points.Points(parsed, out var problem);
        if (names.Count > 0 && named.Length > 0)
            problem = "name all captures with --point, or none";
        var captures = CaptureRun.Expand([.. names, .. named], log);
        var (jsonPath, csvPath) = (parsed.GetValue(_json), parsed.GetValue(_csv));
        problem ??= OutputOptions.WhyUnusable([.. new[] { jsonPath, csvPath }.OfType<string>()], captures.Paths, []);
        if (problem is { } wrong)
        {
            log.Error(wrong);
            return ExitCode.Usage;
        }

        if (points.IsEmpty && names.Count > 1)
            points = OnePointEach(captures.Paths);
        using var json = Open(jsonPath, out var isJsonOpen);
        using var csv = Open(csvPath, out var isCsvOpen);
        if (!isJsonOpen || !isCsvOpen)
            return ExitCode.Usage;

        var reading = new CaptureRun(environment, log, captures, points,
            _captures.Choices(parsed) with { TraceFlows = true, ReadNames = false, ReadHandshakes = false });
        var flows = new PointFlows();
        if (reading.Read(flows.Add) is not { } observation)
            return reading.ExitCode;
        return Write(parsed, Reports(flows, observation, [.. points.Select(point => point.Name)]), json, csv, reading);
    }

    /// <summary>A point for each capture, named by its file where that leaves the names apart.</summary>
    private static ImmutableArray<CapturePoint> OnePointEach(ImmutableArray<string> paths)
    {
        var areApart = paths.Select(Path.GetFileName).Distinct(StringComparer.Ordinal).Count() == paths.Length;
        return [.. paths.Select(path => PointOption.Point(areApart ? Path.GetFileName(path) : path, [path]))];
    }

    private AuditOutput? Open(string? path, out bool isOpen)
    {
        var output = path is null ? null : AuditOutput.TryOpen(path, environment, log);
        isOpen = path is null || output is not null;
        return output;
    }

    /// <summary>Each two neighbouring points, in the order in which they were named.</summary>
    private ImmutableArray<PassageReport> Reports(PointFlows flows, ObservationSummary observation,
        ImmutableArray<string> order)
    {
        foreach (var loss in ObservationNotes.Losses(observation))
            log.Warning(loss);
        if (flows.LeftOut > 0)
            log.Warning($"{Quantity.Count(flows.LeftOut)} flows beyond the first "
                + $"{Quantity.Count(PointFlows.MaximumFlows)} are not compared");
        ImmutableArray<PointSummary> points = [.. observation.Points
            .OrderBy(point => order.IndexOf(point.Name) is >= 0 and var index ? index : order.Length)
            .ThenBy(point => point.Name, StringComparer.Ordinal)];
        using var progress = log.Progress.Begin("Comparing");
        return [.. points.Zip(points.Skip(1)).Select(pair => PassageComparison.Of(pair.First, flows.Of(pair.First.Name),
            pair.Second, flows.Of(pair.Second.Name)))];
    }

    private ExitCode Write(ParseResult parsed, ImmutableArray<PassageReport> reports, AuditOutput? json,
        AuditOutput? csv, CaptureRun reading)
    {
        if (reports.IsEmpty)
        {
            log.Error("the captures have one point only: name another capture, or use --point");
            return ExitCode.Usage.And(reading.ExitCode);
        }

        var isWritten = json?.WriteText(writer => PassageJson.Write(reports, ProgramVersion.Text, writer), log) ?? true;
        isWritten &= csv?.WriteText(writer => PassageCsv.Write(reports, writer), log) ?? true;
        if (json is not { IsStandardOutput: true } && csv is not { IsStandardOutput: true })
            PassageText.Write(reports, environment.Output, new TextReportOptions(environment.Width,
                environment.WantsColor(parsed.GetValue(_color)!), parsed.GetValue(_captures.Verbose)));
        environment.Output.Flush();
        return reading.ExitCode.And(isWritten ? ExitCode.Success : ExitCode.Usage);
    }
}
