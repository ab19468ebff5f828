using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>Limits an observation to a time, for flows that are selected by their start after they were observed.
/// </summary>
internal static class ObservationWindow
{
    /// <summary><see cref="ObservationSummary.Within"/>.</summary>
    public static ObservationSummary Narrow(ObservationSummary observation, long? sinceNs, long? untilNs)
    {
        if (sinceNs is null && untilNs is null)
            return observation;
        var (first, last) = (sinceNs ?? long.MinValue, untilNs - 1 ?? long.MaxValue);
        return observation with
        {
            Captures = [.. observation.Captures.Select(capture => Overlaps(capture.FirstNs, capture.LastNs, first, last)
                ? capture with
                {
                    FirstNs = Math.Max(capture.FirstNs!.Value, first),
                    LastNs = Math.Min(capture.LastNs!.Value, last),
                }
                : Emptied(capture))],
            Points =
            [
                .. observation.Points.Where(point => Overlaps(point.FirstNs, point.LastNs, first, last))
                    .Select(point => point with
                    {
                        FirstNs = Math.Max(point.FirstNs!.Value, first),
                        LastNs = Math.Min(point.LastNs!.Value, last),
                    }),
            ],
        };
    }

    private static bool Overlaps(long? firstNs, long? lastNs, long first, long last) =>
        firstNs <= last && lastNs >= first;

    private static CaptureSummary Emptied(CaptureSummary capture) => capture with
    {
        Packets = 0,
        Rows = 0,
        FirstNs = null,
        LastNs = null,
        UnreadLinks = [],
        Links = [],
        Annotations = CaptureAnnotations.None,
        Clock = default,
    };
}
