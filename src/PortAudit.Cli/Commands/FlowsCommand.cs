using System.Collections.Immutable;
using System.CommandLine;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Flows;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit flows</c>: lists the flows of captures.</summary>
internal sealed class FlowsCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private readonly CaptureOptions _captures = new();

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => FlowFormat.All[0].Name
    };

    private readonly Option<bool> _summary = new("--summary")
    {
        Description =
        "Instead of listing flows, summarise the captures and count flows by protocol."
    };

    private readonly Option<string?> _site = new("--site")
    {
        Description =
        "A site file: its capture points separate flows.",
        HelpName = "FILE"
    };

    public Command Build()
    {
        _format.AcceptOnlyFromAmong([.. FlowFormat.All.Select(format => format.Name)]);
        var command = new Command(
            "flows",
            "Lists the flows of captures: who talked to whom, over what, and how it ended. Needs no site. " +
            "Exit codes: 0, 2 usage, catalog or site error, no room for the temporary file of a long list, 3 input "
                + "missing, unreadable or cut (the rest is listed), 130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_format);
        command.Add(_summary);
        command.Add(_site);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_summary) && result.GetResult(_format) is { Implicit: false })
                result.AddError($"{_summary.Name} lists no flows, so {_format.Name} has no effect: use one of them");
        });
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        var format = FlowFormat.All.Single(row => row.Name == parsed.GetValue(_format));
        var site = parsed.GetValue(_site);
        if ((site is not null || format.ShowsHandshakes) && OpenSslLibrary.IsMissing)
        {
            log.Error($"{(site is null ? $"{_format.Name} {format.Name}" : _site.Name)} {OpenSslLibrary.Need}");
            return ExitCode.Usage;
        }

        ImmutableArray<CapturePoint> points = [];
        if (site is not null)
        {
            if (_captures.LoadSite(site, parsed, log) is not { } load)
                return ExitCode.Usage;
            points = load.Site!.CapturePoints;
        }

        var choices = _captures.Choices(parsed) with { ReadNames = false, ReadHandshakes = format.ShowsHandshakes };
        var reading =
            new CaptureRun(environment, log, CaptureRun.Expand(_captures.Names(parsed), log), points, choices);
        var code = parsed.GetValue(_summary) ? Summarise(reading) : List(reading, format);
        if (OpenSslLibrary.IsMissed)
            log.Warning($"handshakes of QUIC were left unread: that {OpenSslLibrary.Need}");
        return code;
    }

    private ExitCode List(CaptureRun reading, FlowFormat format)
    {
        using var listing = new FlowListing(format, reading.Paths);
        try
        {
            return List(reading, listing);
        }
        catch (SpillException exception)
        {
            log.Error(exception.Message);
            return reading.ExitCode.And(ExitCode.Usage);
        }
    }

    private ExitCode List(CaptureRun reading, FlowListing listing)
    {
        environment.Output.Flush();
        if (reading.Read(listing.Add, () => listing.WriteInOrder(environment.OutputBytes)) is not { } observation)
            return reading.ExitCode;
        foreach (var loss in ObservationNotes.Losses(observation))
            log.Warning(loss);
        foreach (var content in log.IsVerbose ? ObservationNotes.Contents(observation) : [])
            log.Information(content);
        using var progress = environment.OutputIsTerminal ? null : log.Progress.Begin("Writing flows");
        listing.Write(environment.OutputBytes, environment.OutputIsTerminal ? environment.Width : null);
        return reading.ExitCode;
    }

    private ExitCode Summarise(CaptureRun reading)
    {
        var summary = new FlowSummary();
        if (reading.Read(summary.Add) is not { } observation)
            return reading.ExitCode;
        summary.Write(observation, reading.Unread, environment.Output,
            new TextReportOptions(environment.Width, environment.WantsColor("auto"), Verbose: false));
        environment.Output.Flush();
        return reading.ExitCode;
    }
}
