using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Says who opened flows, and what that rests on where it is not proved.</summary>
internal static class OpeningWords
{
    /// <summary>Who did what: a host opened flows only where packets prove it.</summary>
    public static string WhoDidWhat(FlowGroup flows)
    {
        var (from, to) = (HostList.Of(flows.Originators), HostList.Of(flows.Responders));
        var number = Quantity.Of(flows.Flows, "flow");
        if (flows.AnswersOnly == flows.Flows)
            return $"{to} answered {from} in {number}";
        if (flows.Outcomes.Proved == flows.Flows)
            return $"{from} opened {number} to {to}";
        return flows.SentOnly == flows.Flows
            ? $"{from} sent {number} of datagrams to {to}"
            : $"{number} between {from} and {to}";
    }

    /// <summary>What the direction rests on where nothing proves it, sentences with a leading space.</summary>
    public static string Doubt(FlowGroup flows) => flows.SentOnly == flows.Flows ? "" : Unasked(flows)
        + Sentence(flows, flows.Outcomes.Of(DirectionBasis.Inventory),
            $"is inferred from the port, which the site gives to {HostList.Of(flows.Responders)}: the start was not "
                + "seen")
        + Sentence(flows, flows.Outcomes.Of(DirectionBasis.Port),
            "is inferred from the registered port, without proof")
        + Sentence(flows, flows.Outcomes.Of(DirectionBasis.FirstPacket),
            "is not known: the likely client by the ports, or the sender of the first packet, is named first");

    private static string Unasked(FlowGroup flows) => flows.AnswersOnly == 0 ? ""
        : flows.AnswersOnly == flows.Flows ? " Only answers were captured, and answers alone do not prove a request."
        : $" For {flows.AnswersOnly} of them only answers were captured, which do not prove a request.";

    private static string Sentence(FlowGroup flows, long number, string basis)
    {
        if (number == 0)
            return "";
        var what = number < flows.Flows ? $"{number} of them" : flows.Flows == 1 ? "it" : "them";
        return $" Who opened {what} {basis}.";
    }
}
