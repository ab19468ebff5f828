using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies;

/// <summary>
/// Puts packets to a device: finds the zones that they pass, the address that rules know the destination by, and the
/// lists that are applied to them, all of which have to permit.
/// </summary>
public sealed class PolicyEvaluation
{
    private readonly Policy _policy;
    private readonly ListEvaluation _lists;
    private readonly ImmutableArray<PolicyList> _applied;
    private readonly ZoneMap _zones;
    private readonly TranslationMap _translations;

    /// <summary>Prepares a policy; long lists are indexed.</summary>
    public PolicyEvaluation(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _lists = new ListEvaluation(policy, isIndexed: true);
        _applied = [.. policy.Lists.Where(list => !list.Bindings.IsEmpty)];
        _zones = new ZoneMap(policy.Zones);
        _translations = new TranslationMap(policy);
    }

    /// <summary>What a list does with a packet, wherever the device applies it.</summary>
    public PolicyAnswer Evaluate(PolicyList list, in PolicyProbe probe) => _lists.Evaluate(list, probe);

    /// <summary>What the device does with a packet. Zones that the probe does not name are worked out from its
    /// addresses.</summary>
    public DeviceAnswer Evaluate(in PolicyProbe probe)
    {
        if (_policy.IsStateful && probe.State == ConnectionStates.Established)
            return new DeviceAnswer(PolicyOutcome.Permitted, probe, [],
                "the device is stateful: it lets packets of permitted connections pass");
        var destinations = _translations.Destinations(probe.Destination);
        var answers = new List<DeviceAnswer>();
        foreach (var (destination, translation) in destinations)
        {
            // A packet leaves by the zone of the real address, whichever one rules name.
            var leaves = _policy.MatchesMappedAddresses ? probe.Destination : destination;
            answers.Add(OfZones(probe with
            {
                Destination = destination,
                // Which port the host gets is not evaluated.
                DestinationPort = translation is { ChangesPorts: true } ? null : probe.DestinationPort,
                FromZone = probe.FromZone ?? _zones.Find(probe.Source),
                ToZone = probe.ToZone ?? _zones.Find(leaves),
            }));
            if (answers[^1].Outcome != answers[0].Outcome)
                return answers[0] with
                {
                    Outcome = PolicyOutcome.Undecided,
                    Lists = [.. answers.SelectMany(answer => answer.Lists)],
                    Reason = $"it depends on the address translation at {translation?.Line}",
                };
        }

        return answers[0];
    }

    private DeviceAnswer OfZones(PolicyProbe probe)
    {
        var lists = ImmutableArray.CreateBuilder<ListAnswer>();
        foreach (var list in _applied)
        {
            var applies = Applies(list, probe);
            if (applies != Certainty.No)
                lists.Add(new ListAnswer(list, applies == Certainty.Yes, _lists.Evaluate(list, probe)));
        }

        var answers = lists.ToImmutable();
        var (outcome, reason) = Combine(answers);
        return new DeviceAnswer(outcome, probe, answers, reason);
    }

    private static Certainty Applies(PolicyList list, in PolicyProbe probe)
    {
        var best = Certainty.No;
        foreach (var binding in list.Bindings)
        {
            if (binding.Hook != probe.Hook)
                continue;
            var (from, to) = (binding.From.Matches(probe.FromZone), binding.To.Matches(probe.ToZone));
            var both = from < to ? from : to;
            best = both > best ? both : best;
        }

        return best;
    }

    /// <summary>All lists have to permit: one that surely applies and stops the packet is enough to stop it.</summary>
    private static (PolicyOutcome Outcome, string? Reason) Combine(ImmutableArray<ListAnswer> lists)
    {
        if (lists.IsEmpty)
            return (PolicyOutcome.Undecided, "no list is applied to such packets");
        var stops = lists.FirstOrDefault(list => list.IsSure
            && list.Answer.Outcome is PolicyOutcome.Dropped or PolicyOutcome.Rejected);
        if (stops is not null)
            return (stops.Answer.Outcome, null);
        if (lists.Any(list => list.IsSure && list.Answer.Outcome == PolicyOutcome.Undecided))
            return (PolicyOutcome.Undecided, null);
        return lists.Any(list => list.IsSure)
            && lists.All(list => list.Answer.Outcome == PolicyOutcome.Permitted)
            ? (PolicyOutcome.Permitted, null)
            : (PolicyOutcome.Undecided, "it is not known by which zones or interfaces the packet comes and leaves");
    }
}
