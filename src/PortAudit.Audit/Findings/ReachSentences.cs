using System.Globalization;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Whether flows arrived, each sentence with a leading space: a firewall does not stop what arrives.</summary>
internal static class ReachSentences
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Of(FlowGroup flows) =>
        OfRefusals(flows.RefusedByResponder) + OfPoints(flows)
        + OfSilence(flows.Outcomes.Of(ReachBasis.NotRecordedBeyond),
            "did not reach a capture point further along the path, which watched at that time: something before it "
                + "stopped",
            ", unless addresses are translated there")
        + OfSilence(flows.Outcomes.Of(ReachBasis.AnsweredOthers),
            "got no answer from a host that answered others at that time: something dropped", "")
        + OfUnknown(flows);

    /// <summary>Streams that no answer came to, with their volume; empty if none.</summary>
    public static string OfStreams(SilentStreams silent, string what, string to) => silent.Flows == 0
        ? ""
        : $" {Size(silent.Bytes)} of {what} ({Quantity.Of(silent.Datagrams, "datagram")}) went to {to}, no answer "
            + "seen: nothing shows that a firewall stopped them.";

    private static string OfRefusals(long refused) => refused == 0
        ? ""
        : $" {Quantity.Of(refused, "attempt")} arrived and {(refused == 1 ? "was" : "were")} refused by the responder "
            + $"itself: nothing on the way stops {(refused == 1 ? "it" : "them")}.";

    private static string OfPoints(FlowGroup flows)
    {
        if (flows.CameThrough)
            return $" All of them came to the capture points {HostList.Of([.. flows.Points])}: nothing between these "
                + "stops them.";
        return flows.Outcomes.Of(ReachBasis.RecordedBeyond) is > 0 and var beyond
            ? $" {Quantity.Of(beyond, "attempt")} without success came to several capture points: nothing between "
                + $"these stops {(beyond == 1 ? "it" : "them")}."
            : "";
    }

    private static string OfSilence(long number, string what, string behind) => number == 0
        ? ""
        : $" {Quantity.Of(number, "attempt")} {what} {(number == 1 ? "it" : "them")}{behind}.";

    private static string OfUnknown(FlowGroup flows) =>
        flows.Outcomes.Of(Reach.Unknown) is > 0 and var unknown && flows.Silent.Flows < unknown
            ? $" Of {Quantity.Of(unknown - flows.Silent.Flows, "flow")} nothing proves whether "
                + $"{(unknown - flows.Silent.Flows == 1 ? "it" : "they")} arrived."
            : "";

    private static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1_000 && unit < Units.Length - 1)
            (value, unit) = (value / 1_000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
