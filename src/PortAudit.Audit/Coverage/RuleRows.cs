using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Coverage;

/// <summary>Draws the status of every rule for every pair of its roles (design §2).</summary>
/// <param name="site">The site.</param>
/// <param name="roles">Its roles.</param>
/// <param name="observability">What could have been seen.</param>
/// <param name="hosts">Who was active.</param>
/// <param name="selection">The flows that were judged; null for all.</param>
internal sealed class RuleRows(SiteFile site, RoleTree roles, Observability observability, HostLedger hosts,
    FlowSelection? selection)
{
    private readonly IdleHostCensus _idle = new(site, roles, observability, hosts);

    /// <summary>The rows of one rule, in the order of its roles.</summary>
    public ImmutableArray<RuleRow> Of(RuleTally tally) =>
    [
        .. tally.Rule.Rule.From.SelectMany(from => tally.Rule.Rule.To.Select(to => Row(tally, from, to))),
    ];

    private RuleRow Row(RuleTally tally, string from, string to)
    {
        var row = tally.Row(from, to);
        var pairs = tally.PairsOf(from, to);
        var (status, reason) = row?.Best is { } best
            ? (best, TriedReason.Of(row, best, pairs, tally))
            : WhyUntried(tally.Rule, row, from, to);
        if (row is { FailedProbes: > 0 and var probes })
            reason += $" {Quantity.Of(probes, "ICE probe")} unanswered: peers try all paths and use one that works, so "
                + $"these do not count against the rule.";
        if (row is { ScanProbes: > 0 and var scanned })
            reason +=
                $" {Quantity.Of(scanned, "probe")} of port scans went there, which do not count for or "
                    + $"against the rule.";
        var drawn = new RuleRow(
            tally.Rule.Rule, from, to, status, reason, row?.Flows ?? 0, row?.FirstNs, row?.LastNs,
            [.. pairs.Select(pair =>
                new RuleHosts(pair.Originator.Text, pair.Responder.Text, pair.Status, pair.Flows))]);
        return status == RuleStatus.NotApplicable || !IsWhole(tally.Rule, from, to)
            ? drawn
            : WithIdle(drawn, tally, pairs);
    }

    /// <summary>False where flows of the row may be outside the selection.</summary>
    private bool IsWhole(BoundRule rule, string from, string to) => selection?.TakesAllOf(rule, from, to) != false;

    /// <summary>Where the rule is needed and somebody took part, the reason says who did not.</summary>
    private RuleRow WithIdle(RuleRow drawn, RuleTally tally, ImmutableArray<PairTally> pairs)
    {
        var whole = drawn with
        {
            IdleOriginators = _idle.Originators(tally, pairs, drawn.From, drawn.To),
            IdleResponders = _idle.Responders(tally, pairs, drawn.From, drawn.To),
        };
        return drawn.Status.IsTried() && tally.Rule.IsNeeded && IdleSentence.Of(whole) is { Length: > 0 } sentence
            ? whole with { Reason = $"{drawn.Reason} {sentence}" }
            : whole;
    }

    private (RuleStatus Status, string Reason) WhyUntried(BoundRule rule, RowTally? row, string from, string to)
    {
        if (WhyNotApplicable(rule, from, to) is { } notApplicable)
            return (RuleStatus.NotApplicable, notApplicable);
        if (!IsWhole(rule, from, to))
            return (RuleStatus.NotObservable,
                "Flows of it may be outside the selection: whether it was used cannot be told.");
        var (status, reason) = WhyUnseen(rule, row, from, to);
        return (status, row is { AnnouncedElse: > 0 } ? $"{WhatElse(row)} {reason}" : reason);
    }

    private (RuleStatus Status, string Reason) WhyUnseen(BoundRule rule, RowTally? row, string from, string to)
    {
        if (row is { Unannounced: > 0 })
        {
            var channels = string.Join(" or ", rule.Rule.AnnouncedBy);
            return (RuleStatus.NotObservable, $"{Quantity.Of(row.Unannounced, "flow")} fell into its range, but no "
                + $"announcement by {channels} was seen that would show which of them belong to it.");
        }

        if (row is { Undecided: > 0 })
            return (RuleStatus.NotObservable,
                $"The capture ended before {Quantity.Of(row.Undecided, "attempt")} could be answered.");

        var sight = observability.Between(from, to);
        if (sight.WhyNot is { } whyNot)
            return (RuleStatus.NotObservable, whyNot);
        return rule.Rule.Period.IsLongerThan(sight.WindowNs)
            ? (RuleStatus.WindowTooShort, rule.Rule.Period.WhyTooShort(sight.Longest))
            : (RuleStatus.NotTried, $"{WhyNotTried(row, from, to)} {ObservationPoint.Sentences(sight.Points)}");
    }

    private static string WhyNotTried(RowTally? row, string from, string to)
    {
        if (row is { Misfits: > 0 })
            return $"{RoleText.Of(from)} opened {Quantity.Of(row.Misfits, "flow")} to {RoleText.Of(to)} on its port, "
                + "but none used the protocol and security that it requires.";
        if (row is { HalfOpen: > 0 })
            return $"{Quantity.Of(row.HalfOpen, "handshake")} from {RoleText.Of(from)} to {RoleText.Of(to)} stopped "
                + "after the SYN-ACK: no connection was established.";
        if (row is { AnnouncedElse: > 0 })
            return "No other one was opened, although it would have been captured.";
        return (from, to) switch
        {
            (BuiltInRoles.Any, _) =>
                $"{to} was active where a flow to it would have been captured, but none was opened.",
            (_, BuiltInRoles.Any) => $"{from} was active where its flows would have been captured, but it opened none.",
            _ => $"{from} and {to} were both active where a flow between them would have been captured, but none was "
                + $"opened.",
        };
    }

    private static string WhatElse(RowTally row)
    {
        var names = string.Join(", ", row.OtherServices.Kept) + (row.OtherServices.IsOverflown ? " and others" : "");
        return $"{Quantity.Of(row.AnnouncedElse, "flow")} in its range {(row.AnnouncedElse == 1 ? "was" : "were")} "
            + $"announced, but as {names}, which the rule does not cover.";
    }

    private string? WhyNotApplicable(BoundRule rule, string from, string to)
    {
        if (rule.WhyOff is { } off)
            return off;
        var missing = new[] { from, to }.Where(name => !IsInSite(name)).Distinct().ToList();
        return missing.Count == 0
            ? null
            : $"The site has no host or network in the role {string.Join(" or ", missing)}.";
    }

    private bool IsInSite(string name) => BuiltInRoles.Contains(name)
        || site.Hosts.Any(host => host.Name == name || roles.IsAny(host.Roles.AsSpan(), name))
        || site.Networks.Any(network => roles.IsAny(network.Roles.AsSpan(), name))
        || site.Segments.Any(segment => segment.Name == name) || AddressText.PrefixOf(name) is not null;
}
