using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.PolicyReview;

/// <summary>What the traffic said of the rules of firewalls.</summary>
internal sealed class PolicyLedger : IArchived
{
    private readonly ImmutableArray<PolicyTally> _tallies;
    private readonly DayLedger _days = new();

    /// <summary>Opens an account for each firewall.</summary>
    public PolicyLedger(IEnumerable<PolicyTally> tallies) => _tallies = [.. tallies];

    /// <summary>The accounts, in the order in which the firewalls were named.</summary>
    public ImmutableArray<PolicyTally> Tallies => _tallies;

    /// <summary>The days of the connections that met a firewall.</summary>
    public DayLedger Days => _days;

    /// <summary>Adds a connection to every firewall that it meets.</summary>
    public void Add(Judgement judgement)
    {
        var isMet = false;
        foreach (var tally in _tallies)
            isMet |= tally.Add(judgement);
        if (isMet)
            _days.Add(judgement);
    }

    /// <summary>Adds what <paramref name="other"/>, of the same firewalls, holds, which stays as it is.</summary>
    public void UnionWith(PolicyLedger other)
    {
        for (var index = 0; index < _tallies.Length; index++)
            _tallies[index].UnionWith(other._tallies[index]);
        _days.UnionWith(other._days);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        foreach (var tally in _tallies)
            tally.Persist(archive);
        _days.Persist(archive);
    }
}
