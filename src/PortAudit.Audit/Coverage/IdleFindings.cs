using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// Finds hosts of the site that took no part in anything that their role needs of another role, while others did
/// (docs/decisions/015-hosts-that-take-no-part.md). One that took part in any rule between the two roles is none: which
/// of several hosts uses which service is often by design.
/// </summary>
internal sealed class IdleFindings
{
    /// <summary>
    /// How long a host must have been watched, in nanoseconds: one hour, the shortest period of a rule. Work is shared
    /// out among the hosts of a role; in less time it is chance which of them got none.
    /// </summary>
    private const long MinimumWatchNs = 3_600_000_000_000;

    /// <summary>Those who open flows, and those to whom they are opened.</summary>
    private static readonly ImmutableArray<bool> Sides = [true, false];

    private readonly SiteFile _site;
    private readonly RoleTree _roles;
    private readonly Observability _observability;
    private readonly ImmutableArray<(RuleTally Tally, RuleRow Row)> _rows;

    public IdleFindings(SiteFile site, RoleTree roles, Observability observability,
        IEnumerable<(RuleTally Tally, RuleRow Row)> rows) =>
        (_site, _roles, _observability, _rows) = (site, roles, observability, [.. rows]);

    /// <summary>The findings: for each pair of roles, hosts that opened nothing, and hosts to which nothing was
    /// opened.</summary>
    public IEnumerable<FindingDraft> All =>
        from pair in _rows.Where(IsShared).GroupBy(entry => (entry.Row.From, entry.Row.To))
        from opens in Sides
        let idle = IdleIn(pair.Key.From, pair.Key.To, [.. pair], opens)
        where !idle.IsEmpty
        select Draft(pair.Key.From, pair.Key.To, [.. pair], idle, opens);

    /// <summary>True for a rule that is needed all the time and that some host exercised, between roles that hosts of
    /// the site play.</summary>
    private static bool IsShared((RuleTally Tally, RuleRow Row) entry) =>
        entry.Tally.Rule.IsNeeded
        && entry.Row.Rule.Period == Period.Continuous
        && entry.Row.Status.IsExercised()
        && !BuiltInRoles.Contains(entry.Row.From)
        && !BuiltInRoles.Contains(entry.Row.To);

    private ImmutableArray<string> IdleIn(string from, string to, ImmutableArray<(RuleTally Tally, RuleRow Row)> rows,
        bool opens)
    {
        if (rows.All(entry => TookPart(entry, opens).IsEmpty))
            return [];
        var talking = _rows.Where(entry => IsAbout(entry.Row, from, to)).SelectMany(entry => TookPart(entry, opens))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rows
                .Select(entry => (opens ? entry.Row.IdleOriginators : entry.Row.IdleResponders).Of(IdleReason.NotTried))
                .Aggregate((a, b) => [.. a.Intersect(b, StringComparer.Ordinal)])
                .Where(host => !talking.Contains(host)
                    && _observability.OfHost(host, opens ? to : from, opens).WindowNs >= MinimumWatchNs),
        ];
    }

    private static ImmutableArray<string> TookPart((RuleTally Tally, RuleRow Row) entry, bool opens) =>
        [.. entry.Tally.Row(entry.Row.From, entry.Row.To)?.Participants.TookPart(opens) ?? []];

    /// <summary>True for a row of any rule between the same roles, or roles of which one is a kind of the
    /// other.</summary>
    private bool IsAbout(RuleRow row, string from, string to) => AreKin(row.From, from) && AreKin(row.To, to);

    private bool AreKin(string a, string b) => !BuiltInRoles.Contains(a) && (_roles.IsA(a, b) || _roles.IsA(b, a));

    private FindingDraft Draft(string from, string to, ImmutableArray<(RuleTally Tally, RuleRow Row)> rows,
        ImmutableArray<string> idle, bool opens)
    {
        var sight = _observability.OfHost(idle[0], opens ? to : from, opens);
        var rules = HostList.Of([.. rows.Select(entry => entry.Row.Rule.Id).Distinct(StringComparer.Ordinal)]);
        var others = HostList.Of([.. rows.SelectMany(entry => TookPart(entry, opens)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)]);
        var names = HostList.Of(idle);
        var what = opens
            ? $"{names} opened no flow that any rule from {from} to {to} covers, although it would have been "
                + $"captured; {others} did ({rules})."
            : $"No host in the role {from} opened a flow to {names} that any rule to {to} covers, although it would "
                + $"have been captured; flows to {others} were opened ({rules}).";
        var draft = FindingDrafting.OfAbsence(
            new FindingKey(FindingKind.RequiredFlowNeverSeen, from, to, null,
                opens ? "idle originators" : "idle responders"),
            Severity.Low,
            [],
            [],
            $"{what} {ObservationPoint.Sentences(sight.Points)}",
            $"A standby host is fine. If {names} {(idle.Length == 1 ? "is" : "are")} meant to "
                + $"share the load, look at {(opens ? "its configuration" : "what sends work there")}, and at what "
                + $"stands between.");
        var hosts = HostsOf(idle);
        return draft with
        {
            Finding =
            opens ? draft.Finding with { Originators = hosts } : draft.Finding with { Responders = hosts }
        };
    }

    private ImmutableArray<FindingHost> HostsOf(ImmutableArray<string> names) =>
    [
        .. _site.Hosts.Where(host => names.Contains(host.Name))
            .SelectMany(host => host.Addresses.Select(address => new FindingHost(address.ToString(),
                host.Name == AddressName.Of(address) ? null : host.Name)))
            .OrderBy(host => host.Address, StringComparer.Ordinal)
            .Take(FlowGroup.MaximumHosts),
    ];
}
