using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Makes a policy of a configuration's blocks.</summary>
/// <param name="draft">The file.</param>
/// <param name="tree">Its blocks.</param>
internal sealed class FortiImport(PolicyDraft draft, FortiTree tree)
{
    private readonly ExpansionBudget _budget = new();

    /// <summary>Reads everything.</summary>
    public Policy Import()
    {
        var scopes = FortiScope.All(tree.Root);
        FortiSections.Mark(tree.Root);
        var lists = ImmutableArray.CreateBuilder<PolicyList>();
        var translations = ImmutableArray.CreateBuilder<PolicyTranslation>();
        var zones = new FortiZones(draft);
        foreach (var scope in scopes)
        {
            var addresses = new FortiAddresses(draft, scope, _budget);
            var policies = new FortiPolicies(draft, scope, addresses, new FortiServices(draft, scope, _budget),
                _budget);
            lists.AddRange(new FortiLists(draft, tree, scope, policies).All());
            translations.AddRange(new FortiTranslations(draft, scope, addresses, _budget)
                .Read(policies.VirtualIps));
            zones.Add(scope);
        }

        var built = zones.Build();
        tree.Settle(draft);
        return new Policy
        {
            Name = scopes[0].Global.Find("system global")?.Value("hostname") is { Length: > 0 } name
                ? ConfigurationText.Shown(name) : Path.GetFileName(draft.Text.Path),
            Format = FortiOsReader.Format,
            Files = [new PolicyFile(draft.Text.Path, draft.Text.Sha256)],
            Lists = lists.ToImmutable(),
            Zones = built,
            Translations = translations.ToImmutable(),
            MatchesMappedAddresses = !scopes.Any(scope => scope.HasCentralNat),
            NotEvaluable = draft.NotEvaluableLines(),
            Lines = draft.Counts(),
        };
    }
}
