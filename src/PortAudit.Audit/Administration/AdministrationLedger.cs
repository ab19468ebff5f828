using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Administration;

/// <summary>
/// Adds up sensitive operations by pair of roles and by the exception that excuses them, whatever the verdict of their
/// flows: what lets SMB pass need not mean the remote control of services within it. Bounded by the operations, the
/// roles and the exceptions of the site.
/// </summary>
internal sealed class AdministrationLedger : IArchived
{
    private const int NoException = -1;

    private readonly Dictionary<(string Operation, string From, string To, int Exception), AdministrationTally>
        _tallies = [];

    /// <summary>The findings: those that no exception excuses, or one that has expired.</summary>
    /// <param name="isExpired">Which exceptions of the site have expired.</param>
    public IEnumerable<FindingDraft> Findings(ImmutableArray<bool> isExpired)
    {
        var all = new Dictionary<(string Operation, string From, string To), AdministrationTally>();
        foreach (var ((id, from, to, exception), tally) in _tallies)
        {
            if ((uint)exception < (uint)isExpired.Length && !isExpired[exception])
                continue;
            if (!all.TryGetValue((id, from, to), out var union))
                all.Add((id, from, to), union = new AdministrationTally());
            union.UnionWith(tally);
        }

        return from operation in SensitiveOperations.Shipped.All
               from entry in all
               where entry.Key.Operation == operation.Id
               select AdministrationFindings.Of(operation, entry.Key.From, entry.Key.To, entry.Value);
    }

    /// <summary>Adds a flow; ignored when nothing sensitive is in it.</summary>
    public void Add(Judgement judgement)
    {
        foreach (var use in judgement.Operations)
            TallyOf((use.Operation.Id, judgement.FromRole, judgement.ToRole,
                judgement.DecidingException ?? NoException)).Add(judgement, use);
    }

    public void UnionWith(AdministrationLedger other)
    {
        foreach (var (key, tally) in other._tallies)
            TallyOf(key).UnionWith(tally);
    }

    public void Persist(StateArchive archive) => archive.Map(
        _tallies,
        static (archive, key) => (archive.Text(key.Operation ?? ""), archive.Text(key.From ?? ""),
            archive.Text(key.To ?? ""), (int)archive.Number(key.Exception)),
        static _ => new AdministrationTally());

    private AdministrationTally TallyOf((string Operation, string From, string To, int Exception) key)
    {
        if (!_tallies.TryGetValue(key, out var tally))
            _tallies.Add(key, tally = new AdministrationTally());
        return tally;
    }
}
