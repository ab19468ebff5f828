using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PortAudit.Audit;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Packets;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Input;

/// <summary>Reads the captures of a command, or a store, once, and captures again for evidence where they can be read
/// twice; logs what is wrong with them.</summary>
internal sealed class CaptureRun
{
    private const int ExportBuffer = 1 << 16;

    private readonly CommandEnvironment _environment;
    private readonly DiagnosticLog _log;
    private readonly CaptureSet _captures;
    private readonly FlowLogSet _logs;
    private readonly StoredFlows? _store;
    private readonly ObserverOptions _options;
    private readonly long? _bytes;
    private readonly bool _takesExports;
    private readonly MixedInput _input;
    private FileFilter? _filter;

    /// <summary>Opens the captures.</summary>
    /// <param name="environment">Where input comes from.</param>
    /// <param name="log">Where diagnostics go.</param>
    /// <param name="arguments">The captures.</param>
    /// <param name="points">The site's capture points.</param>
    /// <param name="choices">What the user chose of how they are observed.</param>
    /// <param name="takesExports">True to read export datagrams in captures.</param>
    /// <param name="store">What is read instead of captures; null for captures.</param>
    public CaptureRun(CommandEnvironment environment, DiagnosticLog log, CaptureArguments arguments,
        ImmutableArray<CapturePoint> points, ObserverOptions choices, bool takesExports = false,
        FlowStore? store = null)
    {
        (_environment, _log) = (environment, log);
        _store = store is null ? null : new StoredFlows(store);
        _logs = FlowLogSet.Open(arguments.Paths);
        _captures = CaptureSet.Open([.. arguments.Paths.Where(path => !_logs.Has(path))], environment.Input,
            environment.Interrupt);
        _takesExports = takesExports;
        if (takesExports)
            _logs = _logs.WithExports(_captures.Paths);
        _input = new MixedInput(_captures, _logs, points);
        _bytes = _captures.CanBeReadAgain && store is null ? CaptureHashes.LengthOf(Paths) : null;
        _options = choices with
        {
            CapturePointOf = new CapturePointBinding(points).PointOf,
            KeepFrames = choices.KeepFrames || !CanBeReadAgain,
        };
        Unread = InputProblems.Unread(arguments, [.. _captures.Problems, .. _logs.Problems]);
        Problems = InputProblems.Of(Unread, null);
    }

    /// <summary>Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</summary>
    public ImmutableArray<string> Paths => _store?.Paths ?? [.. _captures.Paths, .. _logs.Paths];

    public ImmutableArray<UnreadInput> Unread { get; }

    public InputProblems Problems { get; private set; }

    public bool IsInterrupted { get; private set; }

    /// <summary>Which packets <see cref="Read"/> took and left out; null for all.</summary>
    public CaptureSelection? Selection { get; private set; }

    public ExitCode ExitCode => IsInterrupted ? ExitCode.Interrupted : Problems.ExitCode;

    /// <summary>Files that the names of a command line stand for.</summary>
    public static CaptureArguments Expand(IReadOnlyList<string> names, DiagnosticLog log)
    {
        var arguments = CaptureArguments.Expand(names);
        foreach (var note in arguments.Notes)
            log.Warning(note);
        foreach (var note in arguments.PassedOver)
            log.Information(note);
        return arguments;
    }

    /// <summary>Limits every reading to some packets. With lines in the log and another code than 0 when the filter
    /// cannot be used.</summary>
    /// <param name="window">The time.</param>
    /// <param name="filter">The filter; null for none.</param>
    public ExitCode Select(PacketSelection window, string? filter)
    {
        _captures.Selection = window;
        if (filter is null)
            return ExitCode.Success;
        var unfiltered = _store is not null ? "a store has none"
            : _logs.Paths.IsEmpty ? null
            : _takesExports ? "the records of --flow-exports have none"
            : $"{_logs.Paths[0]} is a flow log, which has none";
        if (unfiltered is not null)
        {
            _log.Error($"--filter selects packets, and {unfiltered}: select flows instead ('--host', '--port' …)");
            return ExitCode.Usage;
        }

        _filter = FileFilter.TryCreate(filter, _captures.LinkTypes, _log, out var code);
        if (_filter is not null)
            _captures.Selection = window with { Filter = filter, Test = _filter.Test };
        return code;
    }

    /// <summary>Reads everything once before <see cref="Read"/>, which reports problems with the captures. They must be
    /// files.</summary>
    /// <param name="sink">Receives every flow.</param>
    /// <param name="seenOnLink">Receives the link addresses of hosts, perhaps in another thread.</param>
    /// <returns>Null when nothing could be opened, or when the user ended the reading.</returns>
    public ObservationSummary? Survey(Action<FlowRecord> sink, Action<LinkSighting> seenOnLink)
    {
        if (Paths.IsEmpty)
            return null;
        var position = new ReadingPosition();
        using var progress = _log.Progress.Begin("Proposing a site", position, _bytes);
        var observation = _input.Observe(_options with { SeenOnLink = seenOnLink }, sink, position,
            _environment.Interrupt);
        IsInterrupted = _environment.Interrupt.IsCancellationRequested;
        return IsInterrupted ? null : observation;
    }

    /// <summary>Reads everything once.</summary>
    /// <param name="sink">Receives every flow.</param>
    /// <param name="orderBegins">See <see cref="ObserverOptions.OrderBegins"/>; or null. It may write.</param>
    /// <param name="grouping">How a store counts alike flows together; null for each flow.</param>
    /// <returns>Null when nothing could be opened: there is nothing to report on.</returns>
    public ObservationSummary? Read(Action<FlowRecord> sink, Action? orderBegins = null, FlowGrouping? grouping = null)
    {
        ObservationSummary? observation = null;
        _filter?.Restart();
        if (!Paths.IsEmpty || _store is not null)
        {
            var position = new ReadingPosition();
            using (var progress = _log.Progress.Begin("Reading", position, _bytes))
            {
                var options =
                    orderBegins is null ? _options : _options with { OrderBegins = () => Then(progress, orderBegins) };
                observation = _store is null
                    ? _input.Observe(options, sink, position, _environment.Interrupt)
                    : _store.Read(_captures.Selection, grouping, sink, position, _environment.Interrupt);
            }

            if (!_captures.Selection.IsAll)
                Selection = new()
                {
                    Packets = _captures.Selection,
                    PacketsLeftOut = _captures.LeftOut,
                    RowsLeftOut = _store?.LeftOut ?? _logs.LeftOut,
                    IsOfStore = _store is not null,
                };
        }

        IsInterrupted = _environment.Interrupt.IsCancellationRequested;
        foreach (var capture in observation?.Captures ?? [])
            _log.Information($"{capture.Path}: {capture.Format}; " + (capture.Log is null
                ? $"{capture.Packets.ToString("N0", CultureInfo.InvariantCulture)} packets"
                : $"{capture.Rows.ToString("N0", CultureInfo.InvariantCulture)} connections"));

        Problems = InputProblems.Of(Unread, observation);
        if (_filter is not null)
            Problems = Problems with { Errors = [.. Problems.Errors, .. _filter.Errors] };
        if (_store?.Problem is { } storeProblem)
            Problems = Problems with { Errors = Problems.Errors.Add(storeProblem) };
        foreach (var error in Problems.Errors)
            _log.Error(error);
        foreach (var warning in Problems.Warnings)
            _log.Warning(warning);
        if (IsInterrupted)
            _log.Warning("interrupted: the report covers what was read so far");
        return observation;
    }

    /// <summary>The frames that prove findings, by <see cref="FlowRecord.Id"/>: from the files, or those kept while
    /// standard input or a pipe passed.</summary>
    public IReadOnlyDictionary<ulong, FlowFrames> Evidence(ImmutableArray<FlowRecord> flows)
    {
        if (flows.IsEmpty)
            return ImmutableDictionary<ulong, FlowFrames>.Empty;
        if (_store is not null)
            return _store.Evidence(flows, _log, _environment.Interrupt);
        if (!CanBeReadAgain)
            return flows.ToDictionary(flow => flow.Id, EvidencePass.OfKept);
        ImmutableArray<FlowRecord> recorded = [.. flows.Where(flow => flow.Log is null)];
        var rows = flows.Where(flow => flow.Log is not null).ToDictionary(flow => flow.Id, EvidencePass.OfKept);
        if (recorded.IsEmpty)
            return rows;

        // A reading that was interrupted still gets its evidence; an interruption during this pass cuts the evidence
        // short.
        var cancellation = IsInterrupted ? CancellationToken.None : _environment.Interrupt;
        var position = new ReadingPosition();
        using var progress = _log.Progress.Begin("Finding evidence", position, _bytes);
        var frames = EvidencePass.Find(_captures, _options, recorded, _input.Packets, position, cancellation);
        IsInterrupted |= cancellation.IsCancellationRequested;
        return rows.Count == 0
            ? frames
            : frames.Concat(rows).ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    public bool CanBeReadAgain => _captures.CanBeReadAgain && _store is null;

    /// <summary>Writes the frames that prove findings to a file of their own, and decodes those of them that a page
    /// shows: the captures are read once more for both.</summary>
    /// <param name="evidence">The frames to write.</param>
    /// <param name="stream">Where to; null for no file.</param>
    /// <param name="packets">Is shown the frames that it decodes; null without a page.</param>
    public void Export(EvidenceComments evidence, Stream? stream, EvidencePackets? packets)
    {
        var cancellation = IsInterrupted ? CancellationToken.None : _environment.Interrupt;

        // Not disposed: that would close the stream, which is the caller's.
        var buffered = new BufferedStream(stream ?? Stream.Null, ExportBuffer);
        var writer = new PcapngWriter(buffered,
            new CaptureWriter(null, RuntimeInformation.OSDescription, $"{AuditRun.ToolName} {ProgramVersion.Text}"));
        var export = new FrameExport(Paths, _options, evidence.Of, writer);
        var requests = ImmutableArray.CreateBuilder<FrameRequest>();
        if (stream is not null)
            requests.Add(new FrameRequest(evidence.Frames, export.Write));
        if (packets is not null)
            requests.Add(new FrameRequest(packets.Frames, packets.Visit));
        var position = new ReadingPosition();
        using (_log.Progress.Begin(stream is null ? "Decoding evidence" : "Writing evidence", position, _bytes))
        {
            FrameReading.Read(_captures, _options, requests.ToImmutable(), position, cancellation);
            buffered.Flush();
        }

        IsInterrupted |= cancellation.IsCancellationRequested;
        if (stream is null || export.Written == evidence.Frames.Count)
            return;
        var problem = string.Create(CultureInfo.InvariantCulture, $"{evidence.Frames.Count - export.Written:N0} of the "
            + $"{evidence.Frames.Count:N0} frames that prove findings could not be read again: the evidence lacks "
            + $"them");
        Problems = Problems with { Errors = Problems.Errors.Add(problem) };
        _log.Error(problem);
    }

    /// <summary>Says what a file of evidence and plots over time cannot hold of flow logs.</summary>
    public void WarnOfLogs(AuditReport report, bool writesEvidence, bool plots)
    {
        var findings = report.Findings.Count(finding => finding.Evidence.Frames.Any(frames => !frames.Rows.IsEmpty));
        if (writesEvidence && findings > 0)
            _log.Warning($"--evidence: {Quantity.Of(findings, "finding rests", "findings rest")} on rows of flow logs, "
                + "which hold no packets: the file has none of them");
        if (plots && !_logs.Paths.IsEmpty)
            _log.Information("plots of bytes over time leave out the flows of logs, which do not say when within a "
                + "flow its bytes passed");
    }

    public FrozenDictionary<string, string> Hashes()
    {
        if (_store is not null)
            return _store.Hashes;
        var position = new ReadingPosition();
        using var progress = _log.Progress.Begin("Hashing captures", position, _bytes);
        return CaptureHashes.Of(Paths, position, _environment.Interrupt);
    }

    private static void Then(IDisposable? progress, Action next)
    {
        progress?.Dispose();
        next();
    }
}
