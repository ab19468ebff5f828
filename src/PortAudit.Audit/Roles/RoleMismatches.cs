using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Watches the hosts of a site for behaviour that contradicts their roles: services of another role that none
/// of theirs provides. Silence never contradicts.</summary>
internal sealed class RoleMismatches : IArchived
{
    /// <summary>Hosts of which the flows are kept at most, by name or address.</summary>
    public const int MaximumHosts = 1_000;

    private readonly RoleTree _roles;
    private readonly RoleLedger _ledger;
    private readonly RoleServices _services;
    private readonly BottomKMap<string, Suspect> _suspects = new(MaximumHosts, StringComparer.Ordinal);

    /// <summary>Prepares the signs of <paramref name="catalogs"/> and what roles serve by
    /// <paramref name="rules"/>.</summary>
    public RoleMismatches(CatalogSet catalogs, ImmutableArray<BoundRule> rules, RoleTree roles)
    {
        _roles = roles;
        _ledger = new RoleLedger(new SignIndex(catalogs));
        _services = new RoleServices(rules.Where(rule => rule.IsOn), roles);
    }

    public void Add(Judgement judgement)
    {
        if (_ledger.Book.Signs.IsEmpty || (!judgement.Originator.IsListed && !judgement.Responder.IsListed))
            return;
        if (_ledger.Add(judgement.Flow, out var isSign) is not { Basis: >= EvidenceBasis.Handshake } use || !isSign)
            return;
        var server = use.Server == judgement.Responder.Address ? judgement.Responder : judgement.Originator;
        if (server.IsListed && !_services.Cover(server, use.Thing))
            _suspects.GetOrAdd(server.Text, () => new Suspect())?.Add(server, use.Thing, judgement);
    }

    /// <summary>Adds the flows of <paramref name="other"/>, of the same catalogs and site; it is not changed.</summary>
    public void UnionWith(RoleMismatches other)
    {
        _ledger.UnionWith(other._ledger);
        _suspects.UnionWith(other._suspects, _ => new Suspect(), (mine, theirs) => mine.UnionWith(theirs));
    }

    public void Persist(StateArchive archive)
    {
        _ledger.Persist(archive);
        _suspects.Persist(archive, StateValues.Text, StateArchive.Making<string, Suspect>(static _ => new Suspect()));
    }

    /// <summary>The findings, one for each host and role that it behaves like.</summary>
    /// <param name="isExpired">Which exceptions of the site have expired.</param>
    public IEnumerable<FindingDraft> Findings(ImmutableArray<bool> isExpired)
    {
        if (!_suspects.Values.Any())
            return [];
        var tallies = _ledger.Hosts.ToDictionary(host => host.Key, host => host.Value);
        var judge = new RoleJudge(_ledger, _roles);
        return _suspects.Values.SelectMany(suspect => Of(suspect, judge, tallies, isExpired));
    }

    /// <summary>What is said of a host that behaves like a role that it does not have.</summary>
    public static string Sentence(HostIdentity host, string role) =>
        $"{host.Text} is listed as {RolesText(host.Roles)} and behaves like {RolesText([role])}.";

    public static string RolesText(ImmutableArray<string> roles) => string.Join(" and ", roles);

    /// <summary>True when a service of a host is evidence for a role.</summary>
    public static bool SpeaksFor(RoleFound role, ObservedService thing) =>
        role.Evidence.Any(evidence => evidence.Served && thing.Meets(evidence.Mark));

    private IEnumerable<FindingDraft> Of(Suspect suspect, RoleJudge judge, Dictionary<IpAddress, HostTally> tallies,
        ImmutableArray<bool> isExpired)
    {
        var host = suspect.Hosts.Kept.First();
        var tally = new HostTally();
        var addresses = suspect.Hosts.Kept.Select(entry => entry.Address).ToImmutableArray();
        foreach (var address in addresses)
        {
            if (tallies.GetValueOrDefault(address) is { } own)
                tally.UnionWith(own);
        }

        foreach (var role in judge.RolesOf(addresses, tally, isStranger: false))
        {
            var groups = suspect.Flows.Entries.Where(entry => SpeaksFor(role, entry.Key)).Select(entry => entry.Value)
                .ToList();
            var isStrong = role.IsServed && role.Confidence >= Confidence.Medium
                && role.Evidence.Any(evidence => evidence.Basis >= EvidenceBasis.Handshake);
            if (isStrong && groups.Count > 0 && !_roles.IsAny(host.Roles.AsSpan(), role.Role))
                yield return OfRole(host, role, FlowGroup.Union(groups), isExpired);
        }
    }

    private static FindingDraft OfRole(HostIdentity host, RoleFound role, FlowGroup flows,
        ImmutableArray<bool> isExpired)
    {
        var shown = string.Join(", ", role.Evidence.Where(evidence => evidence.Served)
            .Select(evidence => evidence.Mark.Text).Distinct(StringComparer.Ordinal));
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.RoleMismatch, BuiltInRoles.Any, host.PrimaryRole, null,
                $"{host.Text}\n{role.Role}"),
            flows,
            RoleMismatchSeverity.Of(role),
            $"{Sentence(host, role.Role)} It serves {shown}, which no rule to its roles covers; confidence "
                + $"{role.Confidence.ToText()} ({role.Reason}).",
            $"If {host.Text} is meant to be that, give it the role {role.Role} in the site. If not, find out "
                + $"what answers there.");
        return draft with { Finding = draft.Finding with { Verdict = flows.FirstVerdictAfterExceptions(isExpired) } };
    }

    /// <summary>A host that served what its roles do not.</summary>
    private sealed class Suspect : IArchived
    {
        public BottomKSet<HostIdentity> Hosts { get; } = FlowGroup.NewHostSet();

        public BottomKMap<ObservedService, FlowGroup> Flows { get; } =
            new(HostTally.MaximumServed, Comparer<ObservedService>.Default);

        public void Add(HostIdentity host, ObservedService thing, Judgement judgement)
        {
            Hosts.Add(host);
            Flows.GetOrAdd(thing, () => new FlowGroup())?.Add(judgement);
        }

        public void UnionWith(Suspect other)
        {
            Hosts.UnionWith(other.Hosts);
            Flows.UnionWith(other.Flows, _ => new FlowGroup(), (mine, theirs) => mine.UnionWith(theirs));
        }

        public void Persist(StateArchive archive)
        {
            Hosts.Persist(archive, StateValues.Host);
            Flows.Persist(archive, ObservedService.Persisted,
                StateArchive.Making<ObservedService, FlowGroup>(static _ => new FlowGroup()));
        }
    }
}

/// <summary>How much it matters that a host behaves like a role that the site does not give it.</summary>
public static class RoleMismatchSeverity
{
    /// <summary>Medium where behaviour is certain, low where it is likely: an inventory that is wrong makes other
    /// findings wrong.</summary>
    public static Severity Of(RoleFound role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.Confidence switch
        {
            Confidence.High => Severity.Medium,
            Confidence.Medium => Severity.Low,
            Confidence.Low => Severity.Info,
        };
    }
}
