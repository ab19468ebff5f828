using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Flows;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit flows</c>: lists the flows of captures.</summary>
internal sealed class FlowsCommand(CommandEnvironment environment, DiagnosticLog log)
{
    private const string Table = "table";
    private const string Csv = "csv";
    private const string Json = "json";

    /// <summary>The formats of a summary; the first is the default.</summary>
    private static readonly ImmutableArray<string> SummaryFormats = [Table, Csv, Json];

    private readonly CaptureOptions _captures = new() { TakesStore = true, TakesExports = true };

    private readonly Option<string> _format = new("--format")
    {
        Description = $"Output format: {string.Join(", ", FlowFormat.All.Select(format => format.Name))}; with "
            + $"--summary {string.Join(", ", SummaryFormats)}.",
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
        "A site file: its capture points separate flows, and flows can be selected by its roles and segments.",
        HelpName = "FILE"
    };

    private readonly FlowListOptions _list = new();

    private readonly PacketSelectionOptions _packets = new();

    private readonly FlowSelectionOptions _flows = new();

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour in a table.");

    private long _leftOut;

    public Command Build()
    {
        _format.AcceptWords([.. FlowFormat.All.Select(format => format.Name).Union(SummaryFormats)]);
        var command = new Command(
            "flows",
            "Lists the flows of captures: who talked to whom, over what, and how it ended. Needs no site. " +
            "Example: 'portaudit flows captures/lync-edge --summary'. " +
            "Exit codes: 0, 2 usage, catalog or site error, no room for the temporary file of a long list, 3 input "
                + "missing, unreadable or cut (the rest is listed), 4 no capture library for --filter, "
                + "130 interrupted, 70 internal error.");
        _captures.AddTo(command);
        command.Add(_format);
        command.Add(_summary);
        _list.AddTo(command, _site);
        _packets.AddTo(command);
        _flows.AddTo(command, _site, _captures.Rules);
        command.Add(_site);
        command.Add(_color);
        command.Validators.Add(Validate);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        var isSummary = result.GetValue(_summary);
        if (isSummary)
        {
            foreach (var name in _list.Given(result))
                result.AddError($"{_summary.Name} lists no flows, so {name} has no effect: use one of them");
        }

        var format = result.GetResult(_format)?.Tokens is [.., var last] ? last.Value : Table;
        var known = isSummary ? SummaryFormats : [.. FlowFormat.All.Select(row => row.Name)];
        if (!known.Contains(format) && SummaryFormats.Union(FlowFormat.All.Select(row => row.Name)).Contains(format))
            result.AddError($"{_format.Name} {format} is not for {(isSummary ? "a summary" : "a list of flows")}; "
                + $"use one of {string.Join(", ", known)}.");
    }

    private ExitCode Execute(ParseResult parsed)
    {
        _captures.Tune(log, parsed);
        var (site, name) = (parsed.GetValue(_site), parsed.GetValue(_format)!);
        var format = parsed.GetValue(_summary) ? null : FlowFormat.All.Single(row => row.Name == name);
        var showsHandshakes = format is { ShowsHandshakes: true };
        if ((site is not null || showsHandshakes) && OpenSslLibrary.IsMissing)
        {
            log.Error($"{(site is null ? $"{_format.Name} {name}" : _site.Name)} {OpenSslLibrary.Need}");
            return ExitCode.Usage;
        }

        SiteLoad? load = null;
        if (site is not null && (load = _captures.LoadSite(site, parsed, log)) is null)
        {
            _captures.LogUnopened(parsed, log);
            return ExitCode.Usage;
        }

        if (_flows.Of(parsed, load, log) is not { } selection)
            return ExitCode.Usage;

        if (!_captures.Store.TryOpen(parsed, log, out var store))
            return ExitCode.Usage;
        using var opened = store;
        var choices = _captures.Choices(parsed) with { ReadNames = false, ReadHandshakes = showsHandshakes };
        var reading = new CaptureRun(environment, log, CaptureRun.Expand(_captures.Names(parsed), log),
            load?.Site!.CapturePoints ?? [], choices, parsed.GetValue(_captures.FlowExports), store);
        if (reading.Select(_packets.Window(parsed), _packets.FilterOf(parsed)) is not ExitCode.Success and var refused)
            return refused;
        var code = format is null
            ? Summarise(parsed, reading, selection, name)
            : List(parsed, reading, format, selection, load?.Site);
        if (OpenSslLibrary.IsMissed)
            log.Warning($"handshakes of QUIC were left unread: that {OpenSslLibrary.Need}");
        return code;
    }

    private ExitCode List(ParseResult parsed, CaptureRun reading, FlowFormat format, FlowSelection selection,
        SiteFile? site)
    {
        var choices = _list.Choices(parsed, site) with { Color = environment.WantsColor(parsed.GetValue(_color)!) };
        if (_flows.IsGiven(parsed.CommandResult) || _packets.IsGiven(parsed.CommandResult))
            choices = choices with { EmptyText = () => SelectionText.Empty(SelectionOf(reading, selection)!) };
        using var listing = new FlowListing(format, reading.Paths, choices);
        try
        {
            return List(reading, listing, selection, isTable: format.Name == Table);
        }
        catch (SpillException exception)
        {
            log.Error(exception.Message);
            return reading.ExitCode.And(ExitCode.Usage);
        }
    }

    private ExitCode List(CaptureRun reading, FlowListing listing, FlowSelection selection, bool isTable)
    {
        environment.Output.Flush();
        var listed = 0L;
        var sink = Selecting(selection, flow =>
        {
            listed++;
            listing.Add(flow);
        });
        if (reading.Read(sink, () => listing.WriteInOrder(environment.OutputBytes)) is not { } observation)
            return reading.ExitCode;
        WriteNotes(observation, SelectionOf(reading, selection), isEmpty: listed == 0 && !isTable);
        using var progress = environment.OutputIsTerminal ? null : log.Progress.Begin("Writing flows");
        listing.Write(environment.OutputBytes, environment.OutputIsTerminal ? environment.Width : null);
        return reading.ExitCode;
    }

    /// <summary>Says on standard error what a list lacks.</summary>
    private void WriteNotes(ObservationSummary observation, CaptureSelection? selected, bool isEmpty)
    {
        if (isEmpty && selected is not null)
            log.Warning(SelectionText.Empty(selected));
        else
        {
            foreach (var sentence in SelectionText.Of(selected))
                log.Information(sentence);
        }

        foreach (var loss in ObservationNotes.Losses(observation))
            log.Warning(loss);
        foreach (var content in log.IsVerbose ? ObservationNotes.Contents(observation) : [])
            log.Information(content);
    }

    private ExitCode Summarise(ParseResult parsed, CaptureRun reading, FlowSelection selection, string format)
    {
        var summary = new FlowSummary();
        if (reading.Read(Selecting(selection, summary.Add)) is not { } observation)
            return reading.ExitCode;
        var selected = SelectionOf(reading, selection);
        if (format == Json)
            FlowSummaryData.WriteJson(summary, observation, reading.Unread, selected, ProgramVersion.Text,
                environment.Output);
        else if (format == Csv)
            FlowSummaryData.WriteCsv(summary, environment.Output);
        else
            summary.Write(observation, reading.Unread, selected, environment.Output, new TextReportOptions(
                environment.Width, environment.WantsColor(parsed.GetValue(_color)!), Verbose: false));
        if (format == Csv && summary.Flows == 0 && selected is not null)
            log.Warning(SelectionText.Empty(selected));
        environment.Output.Flush();
        return reading.ExitCode;
    }

    private Action<FlowRecord> Selecting(FlowSelection selection, Action<FlowRecord> sink) =>
        selection.Criteria.IsNone ? sink : flow =>
        {
            if (selection.Takes(flow))
                sink(flow);
            else
                _leftOut++;
        };

    /// <summary>The part of the captures that is listed, once they were read; null for all.</summary>
    private CaptureSelection? SelectionOf(CaptureRun reading, FlowSelection selection) => CaptureSelection.Join(
        reading.Selection, selection.Criteria.IsNone
            ? null
            : new CaptureSelection { Flows = selection.Criteria, FlowsLeftOut = _leftOut });
}
