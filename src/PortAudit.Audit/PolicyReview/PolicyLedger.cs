using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.PolicyReview;

/// <summary>What the traffic said of the rules of firewalls.</summary>
internal sealed class PolicyLedger : IArchived
{
    private readonly ImmutableArray<PolicyTally> _tallies;

    /// <summary>Opens an account for each firewall.</summary>
    public PolicyLedger(IEnumerable<PolicyTally> tallies) => _tallies = [.. tallies];

    /// <summary>The accounts, in the order in which the firewalls were named.</summary>
    public ImmutableArray<PolicyTally> Tallies => _tallies;

    /// <summary>Adds a connection to every firewall that it meets.</summary>
    public void Add(Judgement judgement)
    {
        foreach (var tally in _tallies)
            tally.Add(judgement);
    }

    /// <summary>Adds what <paramref name="other"/>, of the same firewalls, holds, which stays as it is.</summary>
    public void UnionWith(PolicyLedger other)
    {
        for (var index = 0; index < _tallies.Length; index++)
            _tallies[index].UnionWith(other._tallies[index]);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        foreach (var tally in _tallies)
            tally.Persist(archive);
    }
}
