using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Store;

/// <summary>Observations of captures that are not there.</summary>
internal static class SampleObservation
{
    private const long LengthNs = 2_500;

    public static ObservationSummary OfCapture(string path, long firstNs) => Of([Capture(path, firstNs)]);

    public static ObservationSummary OfCaptures(params string[] paths) =>
        Of([.. paths.Select((path, index) => Capture(path, index * LengthNs))]);

    private static ObservationSummary Of(CaptureSummary[] captures) => new()
    {
        Captures = [.. captures],
        Points = [],
        DecodeStops = [],
        FlowsEvicted = 0,
        IdentificationsSkipped = 0,
    };

    private static CaptureSummary Capture(string path, long firstNs) => new(path, "pcap", 9, firstNs,
        firstNs + LengthNs, 9, [], new CaptureEnd(CaptureEndKind.Complete, 0, ""));
}
