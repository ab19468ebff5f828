using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Roles;

/// <summary>Chooses the catalogs of a proposed site: the few whose rules explain most of what was seen, and those that
/// the remaining roles need. Where several explain the same, those with the newest document count.</summary>
/// <param name="catalogs">The catalogs to choose from.</param>
/// <param name="roles">Their roles.</param>
/// <param name="ledger">What hosts did.</param>
internal sealed class CatalogChoice(CatalogSet catalogs, RoleTree roles, RoleLedger ledger)
{
    /// <summary>Clients of a service looked at, at most: more of them seldom have other roles.</summary>
    private const int ClientsOfService = 10;

    private readonly ImmutableArray<(CatalogFile File, ServiceRules Rules, int? Year)> _candidates =
    [
        .. catalogs.Files.Select(file =>
            (file, new ServiceRules(catalogs with { Files = [file] }, roles), YearOf(file, catalogs))),
    ];

    /// <summary>Identifiers of the chosen catalogs in the order of the catalogs, at least one of those that there
    /// are.</summary>
    /// <param name="parties">The roles of addresses.</param>
    /// <param name="proposed">The proposed roles; the chosen catalogs define all of them.</param>
    public ImmutableArray<string> Of(ProposedParties parties, IReadOnlyCollection<RoleFound> proposed)
    {
        var left = UsesOf(parties);
        var explained = ExplainedBy(left.Keys);
        var undefined = proposed.Select(role => role.Role).ToHashSet(StringComparer.Ordinal);
        var shown = proposed.SelectMany(role => role.Evidence.Select(evidence => (role.Role, evidence.Mark.Text)))
            .ToHashSet();
        var chosen = new List<string>();
        while (true)
        {
            var best = _candidates.Where(entry => !chosen.Contains(entry.File.Id))
                .Select(entry => (entry.File,
                    Explained: left.Where(use => explained[use.Key].Contains(entry.File.Id)).ToList(),
                    Recognised: RecognisedBy(entry.File, shown).Count(undefined.Contains),
                    Defined: entry.File.Roles.Count(role => undefined.Contains(role.Id))))
                .OrderByDescending(entry => entry.Explained.Sum(use => use.Value))
                .ThenByDescending(entry => entry.Recognised)
                .ThenByDescending(entry => entry.Defined)
                .FirstOrDefault();
            if (best.File is null || (best.Explained.Count == 0 && best.Defined == 0))
                break;
            foreach (var use in best.Explained)
                left.Remove(use.Key);
            undefined.ExceptWith(best.File.Roles.Select(role => role.Id));
            chosen.Add(best.File.Id);
        }

        if (chosen.Count == 0 && !_candidates.IsEmpty) // a site file names at least one
            chosen.Add(_candidates.MaxBy(entry => (entry.Year ?? 0, entry.File.Roles.Length)).File.Id);
        return [.. catalogs.Files.Select(file => file.Id).Where(chosen.Contains)];
    }

    /// <summary>The newest of the catalogs whose rules cover each use. Of one without a date nothing says that it is
    /// old.</summary>
    private Dictionary<ServedUse, ImmutableArray<string>> ExplainedBy(IEnumerable<ServedUse> uses) =>
        uses.ToDictionary(use => use, use =>
        {
            var covering = _candidates.Where(entry => entry.Rules.Cover(use.From, use.To, use.Thing)).ToList();
            var newest = covering.Select(entry => entry.Year ?? int.MaxValue).DefaultIfEmpty().Max();
            return covering.Where(entry => (entry.Year ?? int.MaxValue) == newest)
                .Select(entry => entry.File.Id).ToImmutableArray();
        });

    /// <summary>The year of the newest document that the rules cite; null when none has a date.</summary>
    private static int? YearOf(CatalogFile file, CatalogSet catalogs) =>
        catalogs.CitedBy(file).Max(document => document.Year);

    private static IEnumerable<string> RecognisedBy(CatalogFile file, HashSet<(string Role, string Mark)> shown) =>
        file.Signs.Where(sign => sign.Serves.Concat(sign.Uses).Any(mark => shown.Contains((sign.Role, mark.Text))))
            .Select(sign => sign.Role).Distinct(StringComparer.Ordinal);

    /// <summary>What was served between which roles, with the number of pairs of hosts.</summary>
    private Dictionary<ServedUse, int> UsesOf(ProposedParties parties)
    {
        var uses = new Dictionary<ServedUse, int>();
        foreach (var (address, tally) in ledger.Hosts)
        {
            var server = parties.Resolve(address).Roles;
            foreach (var (thing, served) in tally.Things.Entries.Where(entry => entry.Key.Protocol is not null))
            {
                foreach (var peer in served.Peers.Kept.Where(peer => !ledger.IsScanner(peer)).Take(ClientsOfService))
                {
                    var use = new ServedUse(new RoleList(parties.Resolve(peer).Roles), new RoleList(server), thing);
                    uses[use] = uses.GetValueOrDefault(use) + 1;
                }
            }
        }

        return uses;
    }

    private readonly record struct ServedUse(RoleList From, RoleList To, ObservedService Thing);
}
