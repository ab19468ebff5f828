using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Zeek;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs;

/// <summary>The flow logs of one run, by path, whatever order the user gave.</summary>
public sealed class FlowLogSet
{
    private readonly ImmutableArray<LogMember> _members;

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
    public static bool IsRecognised(string path) => TryRecognise(path, 0) is { Start.Stream: not null };

    /// <summary>Takes those files that are flow logs, recognised by content.</summary>
    /// <param name="paths">Files; standard input, pipes and all else are left to others.</param>
    public static FlowLogSet Open(IEnumerable<string> paths)
    {
        var members = new List<LogMember>();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            if (TryRecognise(path, members.Count) is { } member)
                members.Add(member);
        }

        if (members.Count == 0 || members.Exists(member => member.HasConnections))
            return new FlowLogSet([.. members], []);
        return new FlowLogSet([], [.. members.Select(Alone)]);
    }

    /// <summary>True when a path is one of the logs, usable or not.</summary>
    public bool Has(string path) => _members.Any(member => member.Path == path)
        || Problems.Any(problem => problem.Path == path);

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
        var reading = new ZeekReading(options, attempts.Add);
        ImmutableArray<LogMember> members =
            [.. _members.Select((member, index) => member with { Capture = options.FirstCapture + index })];
        ImmutableArray<LogTally> tallies =
            [.. members.Select(member => new LogTally(member.Path, member.Format, LogSource.Zeek))];
        foreach (var (member, tally) in members.Zip(tallies))
        {
            if (member.Start.Stream != ZeekStream.Connections || member.Start.MayHoldOthers)
                reading.ReadBeside(member, tally, position, cancellation);
        }

        foreach (var (member, tally) in members.Zip(tallies))
        {
            if (member.HasConnections || tally.HoldsConnections)
                reading.ReadConnections(member, tally, position, cancellation);
        }

        attempts.Complete();
        if (attempts.Undecided > 0)
            tallies[0].NoteOddity(string.Create(CultureInfo.InvariantCulture,
                $"{attempts.Undecided:N0} attempts without an answer are undecided, as too many came at once"));
        LeftOut = reading.LeftOut;
        return new ObservationSummary
        {
            Captures = [.. tallies.Select(tally => tally.Summarise())],
            Points = points.Summarise(),
            DecodeStops = [],
            Vlans = encapsulation.Vlans,
            Tunnels = encapsulation.Tunnels,
            FlowsEvicted = 0,
            IdentificationsSkipped = 0,
            Names = [.. reading.Names],
            NameSightingsNotKept = reading.NamesNotKept,
        };
    }

    private static CaptureFormatException Alone(LogMember member) => new(member.Path, 0,
        $"this is a {member.Start.Format}, and no conn log is among the inputs: connections come from conn.log; "
            + "name it as well");

    private static LogMember? TryRecognise(string path, int capture)
    {
        if (path == "-" || Directory.Exists(path) || CaptureFile.IsPipe(path)
            || LogFile.TryOpen(path, null, out var isGzip) is not { } buffer)
            return null;
        try
        {
            return ZeekStart.TryRecognise(LogFile.StartOf(buffer)) is { } start
                ? new LogMember(path, start, isGzip, capture)
                : null;
        }
        finally
        {
            buffer.Dispose();
        }
    }
}
