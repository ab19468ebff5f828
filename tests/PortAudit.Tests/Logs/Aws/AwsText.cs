using System.Globalization;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Aws;

/// <summary>Flow logs of AWS made by hand.</summary>
internal static class AwsText
{
    /// <summary>A header as custom formats have it.</summary>
    public const string Header = "version interface-id srcaddr dstaddr srcport dstport protocol packets bytes "
        + "start end "
        + "action tcp-flags log-status\n";

    /// <summary>A record long behind the others, so that these had time for an answer.</summary>
    public const string Later = "2 123456789010 eni-9 192.0.2.8 192.0.2.9 40000 53 17 1 60 1600003600 1600003659 "
        + "ACCEPT OK\n";

    /// <summary>A record of the default format.</summary>
    public static string Plain(string ends, int packets, int bytes, string action = "ACCEPT", int start = 0,
        string sensor = "eni-1") => string.Create(CultureInfo.InvariantCulture,
            $"2 123456789010 {sensor} {ends} {packets} {bytes} {1600000000 + start} {1600000059 + start} "
                + $"{action} OK\n");

    /// <summary>A record with TCP flags.</summary>
    public static string Flagged(string ends, int packets, int bytes, int flags, string action = "ACCEPT",
        int start = 0, string sensor = "eni-1") => string.Create(CultureInfo.InvariantCulture,
            $"5 {sensor} {ends} {packets} {bytes} {1600000000 + start} {1600000059 + start} {action} {flags} OK\n");

    /// <summary>The flows that start first.</summary>
    public static List<FlowRecord> Read(string text) =>
        [.. ReadAll(text).Flows.Where(flow => flow.StartNs < 1_600_003_600_000_000_000)];

    /// <summary>Reads one file.</summary>
    public static (List<FlowRecord> Flows, ObservationSummary Observation) ReadAll(string text) =>
        ZeekText.Read(("vpc.log", text));
}
