using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Reports where the rules of a firewall contradict documents and traffic.</summary>
internal static class PolicyFindings
{
    /// <summary>The findings about one firewall. A closed flow that was also seen to be blocked is one problem: the
    /// finding about the traffic names the configuration (<see cref="SentenceOf"/>).</summary>
    /// <param name="tally">What met the firewall.</param>
    /// <param name="asked">What documents and site ask of it.</param>
    /// <param name="blocked">Rules whose traffic was seen to be blocked.</param>
    public static IEnumerable<FindingDraft> Of(PolicyTally tally,
        IEnumerable<(RequirementRow Row, BoundRule Rule)> asked, IReadOnlySet<string> blocked)
    {
        var device = tally.Device;
        foreach (var (row, rule) in asked)
        {
            if (IsClosed(row) && !(row.Status == RequirementStatus.Closed && blocked.Contains(row.Rule.Id)))
                yield return Closed(device.Name, row, rule);
        }

        foreach (var (conflict, flows) in tally.Conflicts.Entries)
            yield return OfConflict(device, conflict, tally.Rules[conflict.Rule].Rule, flows);
    }

    /// <summary>True for what the site needs and the firewall stops, all or in part.</summary>
    public static bool IsClosed(RequirementRow row) =>
        row is { Needed: true, Status: RequirementStatus.Closed or RequirementStatus.PartlyClosed };

    /// <summary>What the configuration stops of a rule, as a clause: "stops all of it: …".</summary>
    public static string SentenceOf(RequirementRow row)
    {
        var example = row.Examples.First(example => example.IsStopped);
        var part = row.Status == RequirementStatus.Closed
            ? "all of it"
            : $"{Quantity.Count(row.Stopped)} of {Quantity.Of(row.Probes, "combination")} of hosts and ports";
        var decider = example.Decider is { } by ? $" ({By(by)})" : "";
        return $"stops {part}: for example {example.Service} from {example.From} to {example.To} is "
            + $"{example.Outcome.ToText()}{decider}";
    }

    private static FindingDraft Closed(string device, RequirementRow row, BoundRule rule)
    {
        var draft = FindingDrafting.OfAbsence(
            new FindingKey(FindingKind.RequiredFlowClosed, rule.Rule.From[0], rule.Rule.To[0], rule),
            row.Status == RequirementStatus.Closed ? Severity.High : Severity.Medium,
            rule.Rule.Transports, rule.Ports,
            $"The rule {rule.Rule.Id} ({rule.Rule.Title}) needs {Service(rule)}, and the configuration of {device} "
                + $"{SentenceOf(row)}.",
            $"Open {Service(rule)} in {device} between the hosts that need it; if it is not used, turn off its "
                + "condition or add a site rule that says so.");
        var id = new FindingKey(FindingKind.RequiredFlowClosed, "", "", null, $"{device}\n{rule.Rule.Id}").Id;
        return draft with { Finding = draft.Finding with { Id = id } };
    }

    private static FindingDraft OfConflict(PolicyDevice device, PolicyConflict conflict, PolicyRule rule,
        FlowGroup flows) => conflict.Kind switch
        {
            ConflictKind.ArrivedThoughStopped => FindingDrafting.OfFlows(
                Key(FindingKind.TrafficOutsidePolicy, device, conflict, rule), flows,
                $"{Quantity.Of(flows.Flows, "connection")} reached the responder, although the configuration of "
                    + $"{device.Name} stops {Quantity.Word(flows.Flows, "it", "them")}: {By(rule)}. Either the traffic "
                    + "takes another path, or the file is not what the firewall runs.",
                $"Compare the running configuration of {device.Name} with {rule.Line.File}, and look for a path around "
                    + "the firewall."),
            ConflictKind.StoppedThoughPermitted => FindingDrafting.OfFlows(
                Key(FindingKind.PermittedNotPassing, device, conflict, rule), flows,
                $"{Quantity.Of(flows.Flows, "connection")} {Quantity.Word(flows.Flows, "was", "were")} stopped, "
                    + $"although the configuration of {device.Name} permits "
                    + $"{Quantity.Word(flows.Flows, "it", "them")}: "
                    + $"{By(rule)}. The responder or another device stops "
                    + $"{Quantity.Word(flows.Flows, "it", "them")}, or the file is not what the firewall runs.",
                $"Look at the responder's own firewall and for others on the way, and compare the running "
                    + $"configuration of {device.Name} with {rule.Line.File}."),
        };

    private static FindingKey Key(FindingKind kind, PolicyDevice device, PolicyConflict conflict, PolicyRule rule) =>
        new(kind, conflict.FromRole, conflict.ToRole, null, $"{device.Name}\n{rule.Name}");

    private static string By(PolicyRule rule) => rule.IsImplicit
        ? $"the default at {rule.Line}"
        : $"{rule.Name} at {rule.Line}";

    private static string Service(BoundRule rule) =>
        rule.PortText.Length == 0 ? rule.TransportText : $"{rule.TransportText} {rule.PortText}";
}
