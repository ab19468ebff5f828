using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Runtime.InteropServices;
using PortAudit.Audit.Learned;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Output;
using PortAudit.Cli.Terminal;
using PortAudit.Live;
using PortAudit.Live.Devices;
using PortAudit.Live.Interfaces;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Watch;

/// <summary>The options of <see cref="WatchCommand"/>, and what was asked for by them.</summary>
internal sealed class WatchOptions(CommandEnvironment environment)
{
    private const string Terminal = "terminal";
    private const string Lines = "jsonl";
    private const int BytesPerMiB = 1 << 20;
    private const int MaximumBufferMiB = 2_047;
    private const double BytesPerMB = 1e6;
    private const double MaximumFileMB = 1e9;
    private const long MaximumFileSeconds = 366L * 86_400;

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private readonly Option<string[]> _interfaces = new("-i", "--interface")
    {
        Description =
            "An interface, as 'portaudit interfaces' lists it; may be repeated. 'any' (Linux) is all of them as one.",
        HelpName = "IFACE",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _site = new("--site")
    {
        Description = "The site file: hosts, roles, catalogs, exceptions.",
        HelpName = "FILE",
        Required = true
    };
    private readonly Option<string?> _rules = new("--rules")
    {
        Description = "Directory of catalogs that add to the built-in ones or replace them.",
        HelpName = "DIR"
    };
    private readonly PolicyOption _policies = new();
    private readonly LearnedOption _against = new();
    private readonly Option<string?> _filter = new("-f", "--filter")
    {
        Description = "Capture filter in libpcap's "
        + "language (pcap-filter(7)); what it excludes is not audited.",
        HelpName = "FILTER"
    };
    private readonly Option<TimeSpan?> _interval = TimeOption.Of("--interval",
        "Time between evaluations: each prints what is new and rewrites the reports. Default: 60s.", ShortestInterval,
        DefaultInterval);
    private readonly Option<TimeSpan?> _duration = TimeOption.Of("--duration",
        "How long to watch, for example 90s, 2h, 7d. Default: until stopped.", ShortestInterval, null);
    private readonly Option<long> _count = NumberOption.Of(["-c", "--count"], "N", "Stop after this number of packets.",
        1, long.MaxValue);
    private readonly Option<string?> _write = new("-w", "--write")
    {
        Description = "Keep the packets as pcapng; with -C or -G in a series of numbered files.",
        HelpName = "FILE"
    };
    private readonly Option<double> _fileSize = NumberOption.Of(["-C", "--file-size"], "MB",
        "Start a new file at this size, in millions of bytes.", 1 / BytesPerMB, MaximumFileMB);
    private readonly Option<long> _fileSeconds = NumberOption.Of(["-G"], "SECONDS",
        "Start a new file after this number of seconds.", 1, MaximumFileSeconds);
    private readonly Option<int> _fileCount = NumberOption.Of(["-W", "--file-count"], "COUNT",
        "Number of files to keep; the oldest is removed.", 1, int.MaxValue);
    private readonly Option<string?> _state = new("--state")
    {
        Description =
            "Save the audit in a directory, and continue from it after a restart.",
        HelpName = "DIR"
    };
    private readonly Option<string?> _user = new("--user")
    {
        Description = "Switch to this user (name or number) "
        + $"once the interfaces are open, keeping only the right to capture.",
        HelpName = "NAME"
    };
    private readonly Option<string?> _format = new("--format")
    {
        Description = "Output format: 'terminal', "
        + "a view of the whole terminal, or 'jsonl', a line of JSON for each event. Default: the view on a terminal, "
        + "else lines."
    };
    private readonly Option<int> _snapLength = NumberOption.Of(["-s", "--snap-length"], "BYTES",
        "Snap length: bytes kept of each packet.", 1, LiveOptions.MaximumSnapLength, LiveOptions.MaximumSnapLength);
    private readonly Option<int> _buffer = NumberOption.Of(["-B", "--buffer"], "MIB",
        "Size of the system's buffer for each interface, in MiB.", 1, MaximumBufferMiB,
        LiveOptions.DefaultBufferBytes / BytesPerMiB);
    private readonly Option<bool> _notPromiscuous = new("-p", "--no-promiscuous")
    {
        Description = "No promiscuous mode: capture only traffic of this machine.",
    };
    private readonly Option<bool> _mergeVlans = new("--merge-vlans")
    {
        Description = "Count all VLANs, and frames without a tag, as one."
    };
    private readonly Option<int> _maximumFlows = NumberOption.Of(["--max-flows"], "N",
        "Flows held at once; beyond that, some end early and are counted.", 1, int.MaxValue,
        new ObserverOptions().MaximumFlows);
    private readonly Option<string> _failOn = ChoiceOption.FailOn(
        "Least severity of a finding that makes exit code 1: info, low, medium, high, critical, or never.");

    private readonly Option<string> _color = ChoiceOption.Color("When to use colour.");
    private readonly Option<bool> _quiet = new("-q", "--quiet")
    {
        Description = "Print only the essentials: no view, no warnings.",
    };
    private readonly Option<bool> _verbose = new("-v", "--verbose") { Description = "Print more: every rule by name." };
    private readonly OutputOptions _outputs = new();

    /// <summary>Adds the options, and the checks of what excludes or needs each other.</summary>
    public void AddTo(Command command)
    {
        _interfaces.CompletionSources.Add(_ => DeviceList.TryRead(out var devices, out var _)
            ? devices.Select(device => new CompletionItem(device.Name))
            : []);
        _format.AcceptWords(Terminal, Lines);
        foreach (var option in new Option[] { _interfaces, _site, _rules, _filter, _interval, _duration, _count,
            _format, _write, _fileSize, _fileSeconds, _fileCount, _state, _user })
            command.Add(option);
        _policies.AddTo(command);
        _against.AddTo(command);
        _outputs.AddReportsTo(command);
        foreach (var option in new Option[] { _snapLength, _buffer, _notPromiscuous, _mergeVlans, _maximumFlows,
            _failOn, _color, _quiet, _verbose })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_quiet) && result.GetValue(_verbose))
                result.AddError("-q and -v exclude each other.");
            if (result.GetResult(_write) is null && new Option[] { _fileSize, _fileSeconds, _fileCount }.Any(option =>
                result.GetResult(option) is not null))
                result.AddError("-C, -G and -W need -w.");
            if (result.GetResult(_fileCount) is not null && result.GetResult(_fileSize) is null
                && result.GetResult(_fileSeconds) is null)
                result.AddError("-W needs -C or -G: otherwise there is only one file.");
            // The tokens, not the value, which is missing without any; that error is reported elsewhere.
            if (result.GetResult(_interfaces)?.Tokens.Select(token => token.Value) is { } names
                && names.Distinct(StringComparer.Ordinal).Count() > LiveCapture.MaximumInterfaces)
                result.AddError($"at most {LiveCapture.MaximumInterfaces} interfaces can be watched at once.");
        });
    }

    public string SiteOf(ParseResult parsed) => parsed.GetValue(_site)!;

    /// <summary>The directory of further catalogs, null for none.</summary>
    public string? RulesOf(ParseResult parsed) => parsed.GetValue(_rules);

    /// <summary>The paths of all configurations of firewalls.</summary>
    public IEnumerable<string> PolicyFiles(ParseResult parsed, SiteFile site) => _policies.Files(parsed, site);

    /// <summary>Reads the configurations of firewalls. Null, with lines in the log, when one cannot be read.</summary>
    public ImmutableArray<BoundPolicy>? Policies(ParseResult parsed, SiteLoad load, DiagnosticLog log) =>
        _policies.Read(parsed, load.Site!, load.Catalogs!, log);

    /// <summary>Logs which configurations cannot be read, where the site cannot.</summary>
    public void LogUnreadPolicies(ParseResult parsed, DiagnosticLog log) => _policies.LogUnread(parsed, null, log);

    /// <summary>The path of the baseline; null for none.</summary>
    public string? BaselineFile(ParseResult parsed) => _against.Path(parsed);

    /// <summary>Reads the baseline. False, with a line in the log, when it cannot be read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="site">The site.</param>
    /// <param name="log">The log.</param>
    /// <param name="learning">What is compared with it; null for nothing.</param>
    public bool TryReadBaseline(ParseResult parsed, SiteFile site, DiagnosticLog log, out LearningOptions? learning)
    {
        var isRead = _against.TryRead(parsed, log, out var baseline);
        learning = _against.For(site, baseline, parsed, log);
        return isRead;
    }

    /// <summary>Has the log say less or more, as was asked for.</summary>
    public void Tune(DiagnosticLog log, ParseResult parsed)
    {
        if (parsed.GetValue(_quiet))
            log.BeQuiet();
        else if (parsed.GetValue(_verbose))
            log.BeVerbose();
    }

    public WatchSettings Settings(ParseResult parsed) => new(LiveOptionsOf(parsed), parsed.GetValue(_interval)!.Value,
        _outputs.Reports(parsed))
    {
        Duration = parsed.GetValue(_duration),
        Packets = parsed.GetResult(_count) is null ? null : parsed.GetValue(_count),
        Ring = parsed.GetValue(_write) is not { } path ? null : new PcapngRingOptions
        {
            Path = path,
            MaximumBytes = parsed.GetResult(_fileSize) is null ? null : (long)(parsed.GetValue(_fileSize) * BytesPerMB),
            Period =
                parsed.GetResult(_fileSeconds) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(_fileSeconds)),
            MaximumFiles = parsed.GetResult(_fileCount) is null ? null : parsed.GetValue(_fileCount),
            Writer =
                new CaptureWriter(null, RuntimeInformation.OSDescription, $"{AuditRun.ToolName} {ProgramVersion.Text}"),
        },
        State = parsed.GetValue(_state),
        User = parsed.GetValue(_user),
        WritesLines = IsFormat(parsed, Lines),
        ShowsView = IsFormat(parsed, Terminal) && !parsed.GetValue(_quiet),
        IsVerbose = parsed.GetValue(_verbose),
        Color = environment.WantsColor(parsed.GetValue(_color)!),
        FailOn = ChoiceOption.SeverityOf(parsed.GetValue(_failOn)!),
        Vlans = parsed.GetValue(_mergeVlans) ? VlanEquivalence.All : VlanEquivalence.None,
        MaximumFlows = parsed.GetValue(_maximumFlows),
    };

    private bool IsFormat(ParseResult parsed, string format) =>
        (parsed.GetValue(_format) ?? (environment.OutputIsTerminal ? Terminal : Lines)) == format;

    private LiveOptions LiveOptionsOf(ParseResult parsed) => new()
    {
        Interfaces = [.. parsed.GetValue(_interfaces)!],
        Filter = parsed.GetValue(_filter) ?? "",
        SnapLength = parsed.GetValue(_snapLength),
        BufferBytes = parsed.GetValue(_buffer) * BytesPerMiB,
        Reopens = true,
        IsPromiscuous = !parsed.GetValue(_notPromiscuous),
    };
}
