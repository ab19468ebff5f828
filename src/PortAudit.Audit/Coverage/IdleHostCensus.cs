using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Coverage;

/// <summary>Counts, for a rule and a pair of its roles, who has a role and took no part.</summary>
/// <param name="site">The site.</param>
/// <param name="roles">Its roles.</param>
/// <param name="observability">What could have been seen.</param>
/// <param name="hosts">Who was active.</param>
internal sealed class IdleHostCensus(SiteFile site, RoleTree roles, Observability observability, HostLedger hosts)
{
    private readonly Dictionary<string, ImmutableArray<string>> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _addresses = new(StringComparer.Ordinal);

    /// <summary>Hosts in the role <paramref name="from"/> that opened no flow of the rule to
    /// <paramref name="to"/>.</summary>
    public NonParticipants Originators(RuleTally tally, ImmutableArray<PairTally> pairs, string from, string to) =>
        Count(
        tally, from, name => Why(tally, from, to, name, opens: true), pairs.Select(pair => pair.Originator));

    /// <summary>Hosts in the role <paramref name="to"/> to which none in <paramref name="from"/> opened a flow of the
    /// rule.</summary>
    public NonParticipants Responders(RuleTally tally, ImmutableArray<PairTally> pairs, string from, string to) =>
        Count(
        tally, to, name => Why(tally, from, to, name, opens: false), pairs.Select(pair => pair.Responder));

    private NonParticipants Count(
        RuleTally tally, string role, Func<string, IdleReason?> why, IEnumerable<HostIdentity> seen)
    {
        if (BuiltInRoles.Contains(role))
            return NonParticipants.None;
        ImmutableArray<IdleHost> idle = [.. NamesIn(role)
            .Select(name => why(name) is { } reason ? new IdleHost(name, reason) : null).OfType<IdleHost>()];
        long? active = hosts.IsOverflown || tally.HasMorePairs ? null : AddressesIn(role);
        var tried = seen.Where(host => host.Name is null && host.IsListed).Select(host => host.Address).Distinct()
            .Count();
        return new NonParticipants(
            [.. idle.Take(NonParticipants.MaximumListed)],
            Math.Max(0, idle.Length - NonParticipants.MaximumListed),
            active is { } all ? Math.Max(0, all - tried) : null,
            active);
    }

    /// <summary>Why a host took no part; null when it did.</summary>
    private IdleReason? Why(RuleTally tally, string from, string to, string host, bool opens)
    {
        var participation = tally.Row(from, to)?.Participants.Of(host, opens) ?? Participation.None;
        if (participation.HasFlag(Participation.TookPart))
            return null;
        if (participation.HasFlag(Participation.Misfit))
            return IdleReason.Misfit;
        if (!observability.IsActive(host))
            return IdleReason.Silent;
        var sight = observability.OfHost(host, opens ? to : from, opens);
        if (participation.HasFlag(Participation.Unclear) || sight.WhyNot is not null)
            return IdleReason.NotObservable;
        return tally.Rule.Rule.Period.IsLongerThan(sight.WindowNs) ? IdleReason.WindowTooShort : IdleReason.NotTried;
    }

    private ImmutableArray<string> NamesIn(string role)
    {
        if (!_named.TryGetValue(role, out var names))
            _named.Add(role, names = [.. site.Hosts
                .Where(host => host.Name == role || roles.IsAny(host.Roles.AsSpan(), role)).Select(host => host.Name)
                .Order(StringComparer.Ordinal)]);
        return names;
    }

    private long AddressesIn(string role)
    {
        if (!_addresses.TryGetValue(role, out var number))
            _addresses.Add(role, number = hosts.RolesOfAddresses.LongCount(played =>
                roles.IsAny(played.AsSpan(), role)));
        return number;
    }
}
