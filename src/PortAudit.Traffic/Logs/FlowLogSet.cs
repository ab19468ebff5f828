using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Aws;
using PortAudit.Traffic.Logs.Azure;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Gcp;
using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Logs.Nfdump;
using PortAudit.Traffic.Logs.Suricata;
using PortAudit.Traffic.Logs.Zeek;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs;

/// <summary>The flow logs of one run, by path, whatever order the user gave.</summary>
public sealed class FlowLogSet
{
    /// <summary>The formats, one row each, those that tell most of a flow first: the first that recognises a file
    /// reads it, and of a connection in several logs the first stays.</summary>
    private static readonly ImmutableArray<ILogFormat> Formats =
    [
        new ZeekFormat(), new SuricataFormat(), new NetFlowFormat(), new NfdumpFormat(), new AzureFormat(),
        new GcpFormat(), new AwsFormat(),
    ];

    private static readonly CapturedExportFormat Exports = new();

    private readonly ImmutableArray<LogMember> _members;
    private RepeatedConnections? _captured;
    private FileTime _capturedTime;

    private FlowLogSet(ImmutableArray<LogMember> members, ImmutableArray<CaptureFormatException> problems) =>
        (_members, Problems) = (members, problems);

    /// <summary>Paths, indexed by <see cref="FrameReference.Capture"/> less <see cref="LogOptions.FirstCapture"/>.
    /// </summary>
    public ImmutableArray<string> Paths => [.. _members.Select(member => member.Path)];

    /// <summary>Logs that are recognised and of no use.</summary>
    public ImmutableArray<CaptureFormatException> Problems { get; }

    /// <summary>Flows that the last reading left out, as they start outside the time.</summary>
    public long LeftOut { get; private set; }

    /// <summary>True when a file begins like a log that is read. False also when it cannot be read.</summary>
    /// <param name="path">Path of a file. A named pipe is not opened, as that may block.</param>
    public static bool IsRecognised(string path) => TryRecognise(path) is { Content.IsRead: true };

    /// <summary>Takes those files that are flow logs, recognised by content.</summary>
    /// <param name="paths">Files; standard input, pipes and all else are left to others.</param>
    public static FlowLogSet Open(IEnumerable<string> paths)
    {
        ImmutableArray<LogMember> all =
            [.. paths.Order(StringComparer.Ordinal).Select(TryRecognise).OfType<LogMember>()];
        var useful = all.Where(member => member.Content.HasFlows).Select(member => member.Kind).ToHashSet();
        return new FlowLogSet([.. all.Where(member => useful.Contains(member.Kind))],
            [.. all.Where(member => !useful.Contains(member.Kind)).Select(Alone)]);
    }

    /// <summary>The set, and with it the export datagrams of NetFlow and IPFIX in captures.</summary>
    /// <param name="captures">Captures; standard input and pipes are left out, as they cannot be read twice.</param>
    public FlowLogSet WithExports(IEnumerable<string> captures) => new(
        [
            .. _members,
            .. captures.Where(path => path != "-" && !CaptureFile.IsPipe(path))
                .Select(path => new LogMember(path, Exports, new CapturedExportContent(), false, 0)),
        ], Problems);

    /// <summary>True when a path is one of the logs, usable or not.</summary>
    public bool Has(string path) => _members.Any(member => member.Path == path)
        || Problems.Any(problem => problem.Path == path);

    /// <summary>Adds a flow of the captures that are read before the logs: what these have of it counts once, as
    /// packets tell more.</summary>
    /// <param name="flow">The flow; its number of a capture is below <see cref="LogOptions.FirstCapture"/>.</param>
    public void AddCaptured(FlowRecord flow)
    {
        (_captured ??= new RepeatedConnections()).Keep(flow);
        _capturedTime = _capturedTime.With(flow);
    }

    /// <summary>Reads all logs and passes each flow to <paramref name="sink"/>, in no order.</summary>
    public ObservationSummary Read(LogOptions options, Action<FlowRecord> sink, ReadingPosition? position,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (points, encapsulation) = (new LogPoints(), new EncapsulationTally());
        var attempts = new OpenAttempts(flow =>
        {
            points.Add(flow);
            encapsulation.Add(flow, hasVlanOfCarrier: false);
            sink(flow);
        });
        ImmutableArray<LogInput> inputs = [.. _members.Select((member, index) => new LogInput(
            member with { Capture = options.FirstCapture + index },
            new LogTally(member.Path, member.Format, member.Content.Source ?? member.Kind.Source,
                member.Content.PlaceName)))];
        var comparison = inputs.Length > 1 || _captured is not null
            ? new RowComparison(inputs, options.FirstCapture, _captured ?? new RepeatedConnections(),
                _capturedTime, attempts.Add)
            : null;
        (_captured, _capturedTime) = (null, default);
        var readings = new List<ILogReading>();
        foreach (var ofFormat in inputs.GroupBy(input => input.Member.Kind)
            .OrderBy(ofFormat => ofFormat.Key == Exports ? Formats.Length : Formats.IndexOf(ofFormat.Key)))
        {
            var reading = ofFormat.Key.Begin(options, comparison is null ? attempts.Add : comparison.Add);
            readings.Add(reading);
            reading.Read([.. ofFormat], position, cancellation);
        }

        comparison?.Complete();
        attempts.Complete();
        if (attempts.Undecided > 0)
            inputs[0].Tally.NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{attempts.Undecided:N0} attempts without an answer are undecided, as too many came at once"));
        foreach (var input in inputs.Where(input => input.Tally.Dropped > 0))
            points.AddDropped(input.Tally.Point ?? options.CapturePointOf(input.Member.Path),
                input.Tally.Dropped!.Value);
        LeftOut = readings.Sum(reading => reading.LeftOut);
        return new ObservationSummary
        {
            Captures = [.. inputs.Select(input => input.Tally.Summarise())],
            Points = points.Summarise(),
            DecodeStops = [],
            Vlans = encapsulation.Vlans,
            Tunnels = encapsulation.Tunnels,
            FlowsEvicted = 0,
            IdentificationsSkipped = 0,
            Names = [.. readings.SelectMany(reading => reading.Names)],
            NameSightingsNotKept = readings.Sum(reading => reading.NamesNotKept),
        };
    }

    private static CaptureFormatException Alone(LogMember member) =>
        new(member.Path, 0, $"this is a {member.Content.Format}, {member.Kind.WithoutFlows}");

    private static LogMember? TryRecognise(string path)
    {
        if (path == "-" || Directory.Exists(path) || CaptureFile.IsPipe(path)
            || LogFile.TryOpen(path, null, out var isGzip) is not { } buffer)
            return null;
        using (buffer)
        {
            var start = LogFile.StartOf(buffer);
            foreach (var format in Formats)
            {
                if (format.TryRecognise(start) is { } content)
                    return new LogMember(path, format, content, isGzip, 0);
            }
        }

        return null;
    }
}
