using PortAudit.Audit.Connections;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Scans;
using PortAudit.Audit.Tunnels;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit;

/// <summary>What an audit left out because a limit was reached, one sentence each.</summary>
internal static class AuditLimits
{
    public static IEnumerable<string> Of(ObservationSummary observation, HostLedger hosts, ScanLedger scans,
        AnswerLedger answers, ConnectionLedger connections, TunnelLedger tunnels)
    {
        if (observation.CapturesWithoutDetail > 0)
            yield return $"Of the captures only the {observation.Captures.Length - observation.CapturesWithoutDetail} "
                + "latest are listed with their comments, names and damage; those of the earlier ones are "
                + "counted.";
        if (hosts.IsOverflown)
            yield return $"Of the addresses in networks of the site only the {HostLedger.MaximumAddresses} lowest are "
                + "listed.";
        if (connections.IsOverflown)
            yield return $"Only the first {ConnectionLedger.MaximumFlows} flows were compared with related flows; "
                + "beyond them each capture point counts for itself, and silence is not taken for a block.";
        if (answers.IsOverflown)
            yield return $"Answers were kept of the {AnswerLedger.MaximumHosts} hosts with the lowest addresses; "
                + "attempts to others that no answer came to count as unanswered.";
        if (tunnels.IsOverflown)
            yield return $"Tunnels were looked for in the names of {TunnelLedger.MaximumTallies} clients and domains "
                + "alone, the first by name.";
        if (scans.IsOverflown)
            yield return $"Of the originators only {ScanLedger.MaximumOriginators} were looked at for port scans, "
                + $"those of the site before others, the lowest first: {Quantity.Of(scans.FlowsOfOthers, "flow")} of "
                + $"others {(scans.FlowsOfOthers == 1 ? "is" : "are")} judged one by one.";
    }
}
