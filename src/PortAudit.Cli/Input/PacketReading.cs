using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Packets;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Cli.Input;

/// <summary>Reads chosen frames of captures and writes them decoded.</summary>
/// <param name="environment">Where input comes from and output goes.</param>
/// <param name="log">Receives what is missing.</param>
/// <param name="mayEndEarly">True when a capture may have fewer frames than are wanted.</param>
internal sealed class PacketReading(CommandEnvironment environment, DiagnosticLog log, bool mayEndEarly)
{
    private readonly Dictionary<(string Path, long Number), PacketView> _views = [];
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    public ExitCode ExitCode { get; private set; }

    /// <summary>Reads the frames.</summary>
    /// <param name="wanted">Which frames.</param>
    /// <param name="trees">How many of each group are needed field by field.</param>
    public void Read(ImmutableArray<WantedPackets> wanted, int trees)
    {
        var frames = wanted.SelectMany(group => group.Frames
                .SelectMany(capture => capture.Numbers.Select(number => (capture.Path, Number: number)))
                .Select((frame, index) => (frame.Path, frame.Number, IsTree: index < trees)))
            .Where(frame => frame.Path is not null)
            .GroupBy(frame => (Path: frame.Path!, frame.Number), frame => frame.IsTree)
            .ToDictionary(group => group.Key, group => group.Any(isTree => isTree));

        // One path of those that lead to the same file is read.
        using var captures = CaptureSet.Open([.. frames.Keys.Select(frame => frame.Path).Distinct()],
            environment.Input, environment.Interrupt);
        foreach (var problem in captures.Problems)
        {
            _unreadable.Add(problem.Path);
            log.Error($"{problem.Path}: {problem.Reason}");
            ExitCode = ExitCode.Input;
        }

        var paths = captures.Paths;
        var indexes = frames.Keys.Select(frame => frame.Path).Distinct().ToDictionary(path => path,
            path => paths.IndexOf(path) is >= 0 and var own
                ? own
                : paths.Select(CaptureFile.IdentityOf).ToList().IndexOf(CaptureFile.IdentityOf(path)),
            StringComparer.Ordinal);
        var byReference = frames.Where(frame => indexes[frame.Key.Path] >= 0).ToLookup(
            frame => new FrameReference(indexes[frame.Key.Path], frame.Key.Number), frame => frame);
        FrameVisitor visit = (FrameReference reference, in CapturedPacket packet, CaptureInterface described) =>
        {
            foreach (var ((path, number), isTree) in byReference[reference])
                _views[(path, number)] = PacketView.Of(path, packet, described, isTree);
        };
        FrameReading.Read(captures, new ObserverOptions(),
            [new FrameRequest([.. byReference.Select(group => group.Key)], visit)], null, environment.Interrupt);
        if (environment.Interrupt.IsCancellationRequested)
            ExitCode = ExitCode.Interrupted;
    }

    public void Write(ImmutableArray<WantedPackets> wanted, int trees, bool color)
    {
        for (var index = 0; index < wanted.Length; index++)
        {
            var (group, rest) = (wanted[index], trees);
            if (group.Title.Length > 0)
                environment.Output.Write($"{(index > 0 ? "\n" : "")}{VisibleText.Escape(group.Title)}\n");
            if (group.Frames.IsEmpty)
                environment.Output.Write("It has no packets: it is about something that did not happen.\n");
            foreach (var capture in group.Frames)
                rest -= WriteCapture(capture, rest, color, isAlone: group.Title.Length == 0);
            if (group.NotShown > 0)
                environment.Output.Write($"\n{Quantity.Of(group.NotShown, "more packet")} not shown: -v shows all.\n");
            if (group.NotListed > 0)
                environment.Output.Write($"\n{Quantity.Of(group.NotListed, "further packet")} counted, not listed in "
                    + "the report; the filter of the finding selects them.\n");
        }
    }

    private int WriteCapture((string Name, string? Path, ImmutableArray<long> Numbers) capture, int trees, bool color,
        bool isAlone)
    {
        if (capture.Path is null)
        {
            Miss($"{capture.Name}: this capture of the report is not found; name it with -r");
            return 0;
        }

        ImmutableArray<PacketView> views = [.. capture.Numbers
            .Select(number => _views.GetValueOrDefault((capture.Path, number))).OfType<PacketView>()];
        if (!isAlone)
            PacketText.WriteHeading(environment.Output, capture.Path, color);
        if (!views.IsEmpty)
            PacketText.Write(environment.Output, views, trees, color);
        if (views.Length < capture.Numbers.Length && !mayEndEarly && !_unreadable.Contains(capture.Path)
            && ExitCode != ExitCode.Interrupted)
            Miss($"{capture.Path}: {Quantity.Count(capture.Numbers.Length - views.Length)} of these frames could not "
                + "be read: the capture has fewer frames, or is damaged");
        return views.Length;
    }

    private void Miss(string problem)
    {
        log.Error(problem);
        ExitCode = ExitCode == ExitCode.Interrupted ? ExitCode : ExitCode.Input;
    }
}
