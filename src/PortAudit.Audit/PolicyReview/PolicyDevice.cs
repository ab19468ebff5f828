using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>A connection as a firewall meets it.</summary>
/// <param name="From">Who opens it.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Transport">IP protocol.</param>
/// <param name="SourcePort">Port of the originator; null when any.</param>
/// <param name="Port">Port of the responder; for ICMP its type.</param>
/// <param name="IsAnnounced">True when an RPC endpoint mapper announced the port; null when not known.</param>
internal readonly record struct PolicyConnection(HostIdentity From, HostIdentity To, IpProtocol Transport,
    ushort? SourcePort, ushort Port, bool? IsAnnounced);

/// <summary>What a firewall does with connections: all lists that apply have to permit.</summary>
internal sealed class PolicyDevice
{
    private readonly Policy _policy;
    private readonly string? _profile;
    private readonly ListEvaluation _evaluation;
    private readonly ImmutableArray<(PolicyList List, PolicyBinding Binding)> _bound;
    private readonly ImmutableArray<PolicyTranslation> _translations;

    /// <summary>Prepares the evaluation of a policy's lists.</summary>
    public PolicyDevice(BoundPolicy policy, SiteFile site, HostDirectory directory)
    {
        (Name, _policy, _profile) = (policy.Name, policy.Policy, policy.Site.Profile);
        Path = new PolicyPath(policy, site, directory);
        _evaluation = new ListEvaluation(_policy);
        _bound = [.. _policy.Lists.SelectMany(list => list.Bindings.Select(binding => (list, binding)))];
        _translations = _policy.MatchesMappedAddresses
            ? [.. _policy.Translations.Where(translation => translation is { IsStatic: true, Real: not null,
                Mapped: not null })]
            : [];
    }

    /// <summary>Name of the firewall.</summary>
    public string Name { get; }

    /// <summary>Its rules.</summary>
    public Policy Policy => _policy;

    /// <summary>Which connections meet it.</summary>
    public PolicyPath Path { get; }

    /// <summary>What its lists do with a connection, one answer for each list that applies or may apply; empty when the
    /// connection does not meet the firewall.</summary>
    public ImmutableArray<PolicyAnswer> Answers(PolicyConnection connection)
    {
        if (Path.Between(connection.From, connection.To) is not var (hook, from, to))
            return [];
        var probe = new PolicyProbe(connection.From.Address, Mapped(connection.To.Address), connection.Transport,
            connection.Transport.HasPorts ? connection.SourcePort : null,
            connection.Transport.HasPorts ? connection.Port : null)
        {
            Hook = hook,
            FromZone = from,
            ToZone = to,
            CrossesZones = hook == PolicyHook.Forward,
            Profile = _profile,
            IsRpcPort = connection.IsAnnounced,
            IcmpType = connection.Transport.IsIcmp ? (byte)connection.Port : null,
        };
        var answers = ImmutableArray.CreateBuilder<PolicyAnswer>();
        foreach (var (list, binding) in _bound)
        {
            var applies = Applies(binding, probe);
            if (applies == Certainty.No)
                continue;
            var answer = _evaluation.Evaluate(list, probe);
            answers.Add(applies == Certainty.Yes || answer.Outcome == PolicyOutcome.Permitted
                ? answer
                : answer with { Outcome = PolicyOutcome.Undecided });
        }

        return answers.ToImmutable();
    }

    /// <summary>What follows from the answers of all lists.</summary>
    public static PolicyOutcome OutcomeOf(ImmutableArray<PolicyAnswer> answers)
    {
        if (answers.IsEmpty)
            return PolicyOutcome.Undecided;
        foreach (var answer in answers)
        {
            if (answer.Outcome is PolicyOutcome.Dropped or PolicyOutcome.Rejected)
                return answer.Outcome;
        }

        return answers.All(answer => answer.Outcome == PolicyOutcome.Permitted)
            ? PolicyOutcome.Permitted
            : PolicyOutcome.Undecided;
    }

    private static Certainty Applies(PolicyBinding binding, in PolicyProbe probe)
    {
        if (binding.Hook != probe.Hook)
            return Certainty.No;
        var (from, to) = (binding.From.Matches(probe.FromZone), binding.To.Matches(probe.ToZone));
        return from < to ? from : to;
    }

    /// <summary>The address by which the other side reaches a host, where rules name that one.</summary>
    private IpAddress Mapped(IpAddress address)
    {
        if (_translations.IsEmpty)
            return address;
        var number = AddressSet.Number(address);
        foreach (var translation in _translations)
        {
            if (translation.Real!.Contains(number)
                && translation is { Real.Ranges: [var real], Mapped.Ranges: [var mapped] }
                && real.Last - real.First == mapped.Last - mapped.First)
                return AddressSet.Address(mapped.First + (number - real.First));
        }

        return address;
    }
}
