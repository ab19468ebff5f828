using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Input;

/// <summary>Arguments and options that every command over captures has.</summary>
internal sealed class CaptureOptions
{
    /// <summary>Most times that standard input may be named: it can be read once.</summary>
    private const int MaximumStandardInputs = 1;

    public Argument<string[]> Captures { get; } = new("CAPTURE")
    {
        Description = $"Capture files ({string.Join(", ", CaptureFile.FormatNames)}), flow logs, directories, "
            + "patterns, or '-' for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> ReadFiles { get; } = new("-r", "--read")
    {
        Description = "Read this capture (same as the argument, for tcpdump users); may be repeated.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The captures that are named with the points where they were recorded.</summary>
    public PointOption Points { get; } = new();

    public bool TakesPoints { get; init; }

    /// <summary>The store that is read instead of captures.</summary>
    public StoreOption Store { get; } = new();

    public bool TakesStore { get; init; }

    /// <summary>True where a run may do without captures.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>True where export datagrams in captures can be read.</summary>
    public bool TakesExports { get; init; }

    public Option<bool> FlowExports { get; } = new("--flow-exports")
    {
        Description = "Read the NetFlow and IPFIX datagrams in the captures, too: their records are flows, beside the "
            + "flow that carries them.",
    };

    public Option<string?> Rules { get; } = new("--rules")
    {
        Description =
        "Directory of catalogs that add to the built-in ones or replace them.",
        HelpName = "DIR"
    };

    public Option<bool> MergeVlans { get; } = new("--merge-vlans")
    {
        Description = "Count all VLANs, and frames "
        + "without a tag, as one: for taps that show the two directions under different tags. Flows then have no VLAN."
    };

    public Option<VlanEquivalence> EquivalentVlans { get; } = new("--equivalent-vlans")
    {
        Description = "VLANs that count as one, for example 10=20,30=none; 'none' is a frame without a tag.",
        HelpName = "LIST",
        CustomParser = ParseVlans,
    };

    public Option<bool> Quiet { get; } = new("-q",
        "--quiet")
    { Description = "Print only the essentials: no progress, no warnings." };

    public Option<bool> Verbose { get; } = new("-v",
        "--verbose")
    { Description = "Print more: progress details, and every rule by name." };

    public Option<bool> DropDuplicates { get; } = new("--drop-duplicates")
    {
        Description =
            "Leave packets that a mirror port or interface 'any' recorded twice out of packet and byte counts.",
    };

    public Option<int> Threads { get; } = NumberOption.Of(
        ["--threads"],
        "N",
        "Threads to use, at least 1; never changes a result. Default: as many as there are processors. With more than "
            + "one, a file in gzip is decompressed on a thread of its own.",
        1,
        int.MaxValue,
        Environment.ProcessorCount);

    public void AddTo(Command command)
    {
        command.Add(Captures);
        command.Add(ReadFiles);
        if (TakesPoints)
            Points.AddTo(command);
        if (TakesStore)
            Store.AddTo(command, this);
        if (TakesExports)
            command.Add(FlowExports);
        command.Add(Rules);
        command.Add(DropDuplicates);
        command.Add(MergeVlans);
        command.Add(EquivalentVlans);
        command.Add(Threads);
        command.Add(Quiet);
        command.Add(Verbose);
        command.Validators.Add(Validate);
    }

    /// <summary>The names of captures in the order given: those by position, then those of <c>-r</c>.</summary>
    public IReadOnlyList<string> Names(ParseResult parsed) =>
        [.. parsed.GetValue(Captures) ?? [], .. parsed.GetValue(ReadFiles) ?? []];

    /// <summary>Logs which captures cannot be opened, where the run cannot begin for another reason: one run names all
    /// that is missing.</summary>
    public void LogUnopened(ParseResult parsed, DiagnosticLog log)
    {
        foreach (var problem in CaptureArguments.Expand([.. Names(parsed), .. Points.Captures(parsed)]).Unopened())
            log.Error(problem);
    }

    public ObserverOptions Choices(ParseResult parsed) => new()
    {
        Vlans = parsed.GetValue(MergeVlans)
            ? VlanEquivalence.All
            : parsed.GetValue(EquivalentVlans) ?? VlanEquivalence.None,
        DropDuplicates = parsed.GetValue(DropDuplicates),
        Threads = parsed.GetValue(Threads),
    };

    public void Tune(DiagnosticLog log, ParseResult parsed)
    {
        if (parsed.GetValue(Quiet))
            log.BeQuiet();
        else if (parsed.GetValue(Verbose))
            log.BeVerbose();
    }

    /// <summary>Reads a site and its catalogs, and logs what is wrong with them. Null when they cannot be
    /// used.</summary>
    public SiteLoad? LoadSite(string path, ParseResult parsed, DiagnosticLog log) =>
        LoadSite(path, parsed.GetValue(Rules), log);

    /// <summary>The same, with the directory of further catalogs; null for none.</summary>
    public static SiteLoad? LoadSite(string path, string? rules, DiagnosticLog log)
    {
        var load = SiteLoader.Load(path, rules);
        foreach (var diagnostic in load.Diagnostics)
            log.Write(diagnostic);
        var isUsable = load is { Site: not null, Catalogs: not null }
            && load.Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        return isUsable ? load : null;
    }

    private void Validate(CommandResult result)
    {
        // Tokens, not values, which an incomplete option lacks; that error is reported elsewhere.
        var names = Tokens(result.GetResult(Captures)).Concat(Tokens(result.GetResult(ReadFiles))).ToList();
        foreach (var name in Tokens(result.GetResult(Captures)).Where(IsOption))
            result.AddError(UnknownOption.Text(name, result.Command, isFile: true));
        if (!MayBeMissing && names.Count == 0 && result.GetResult(ReadFiles) is null && !Points.IsGiven(result)
            && !Store.IsGiven(result))
            result.AddError("No capture is given.");
        if (names.Count(name => name == CaptureArguments.StandardInput) > MaximumStandardInputs)
            result.AddError("Standard input ('-') can be read only once.");
        if (TakesExports && result.GetValue(FlowExports) && names.Contains(CaptureArguments.StandardInput))
            result.AddError("--flow-exports reads captures twice, which standard input ('-') cannot be.");
        if (result.GetValue(Quiet) && result.GetValue(Verbose))
            result.AddError("-q and -v exclude each other.");
        if (result.GetValue(MergeVlans) && result.GetResult(EquivalentVlans) is not null)
            result.AddError("--merge-vlans and --equivalent-vlans exclude each other: the first already joins all.");
    }

    private static VlanEquivalence ParseVlans(ArgumentResult result)
    {
        if (!VlanEquivalence.TryParse(result.Tokens[^1].Value, out var vlans, out var fault))
            result.AddError($"--equivalent-vlans: {fault}.");
        return vlans;
    }

    /// <summary>The parser takes an option that it does not know for one more capture.</summary>
    private static bool IsOption(string name) => name.StartsWith('-') && name != CaptureArguments.StandardInput;

    private static IEnumerable<string> Tokens(SymbolResult? result) =>
        result?.Tokens.Select(token => token.Value) ?? [];
}
