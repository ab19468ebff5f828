using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Input;

/// <summary>The captures and flow logs of a run, read as one.</summary>
/// <param name="captures">The captures.</param>
/// <param name="logs">The logs.</param>
/// <param name="points">The site's capture points.</param>
internal sealed class MixedInput(CaptureSet captures, FlowLogSet logs, ImmutableArray<CapturePoint> points)
{
    /// <summary>Names of the site's capture points. Others are those of interfaces in captures, which logs do not name.
    /// </summary>
    private readonly FrozenSet<string> _points = points.Select(point => point.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Packets of the captures in the last reading.</summary>
    public long Packets { get; private set; }

    /// <summary>Reads all. Captures come first, as they tell more of a connection that a log has, too; then their last
    /// flows, which come in order, are not the last of all.</summary>
    /// <param name="options">How captures are observed.</param>
    /// <param name="sink">Receives every flow.</param>
    /// <param name="position">Receives the bytes read.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    public ObservationSummary Observe(ObserverOptions options, Action<FlowRecord> sink, ReadingPosition position,
        CancellationToken cancellation)
    {
        if (logs.Paths.IsEmpty)
            return ObserveCaptures(options, sink, position, cancellation);
        var observed = captures.Paths.IsEmpty
            ? null
            : ObserveCaptures(options with { OrderBegins = () => { } }, flow =>
            {
                logs.AddCaptured(_points.Contains(flow.CapturePoint) ? flow : flow with { CapturePoint = "" });
                sink(flow);
            }, position, cancellation);
        var window = captures.Selection;
        var read = logs.Read(
            new LogOptions
            {
                CapturePointOf = path => options.CapturePointOf(path, null),
                FirstCapture = captures.Paths.Length,
                SinceNs = window.SinceNs,
                UntilNs = window.UntilNs,
            },
            sink, position, cancellation);
        return observed?.Beside(read) ?? read;
    }

    private ObservationSummary ObserveCaptures(ObserverOptions options, Action<FlowRecord> sink,
        ReadingPosition position, CancellationToken cancellation)
    {
        var observation = TrafficObserver.Observe(captures, options, sink, position, cancellation);
        Packets = observation.Captures.Sum(capture => capture.Packets);
        return observation;
    }
}
