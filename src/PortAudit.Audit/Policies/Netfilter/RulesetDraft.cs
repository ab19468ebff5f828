using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>The tables of a file while it is read.</summary>
/// <param name="text">The file.</param>
/// <param name="format">Name of the format.</param>
internal sealed class RulesetDraft(PolicyDraft text, string format)
{
    private readonly List<TableDraft> _tables = [];

    public PolicyDraft Text => text;

    public IReadOnlyList<TableDraft> Tables => _tables;

    /// <summary>Combinations that the rules may still expand into.</summary>
    public CombinationBudget Budget { get; } = new();

    public List<PolicyTranslation> Translations { get; } = [];

    /// <summary>Rules that exempt packets from connection tracking.</summary>
    public List<RuleDraft> Untracked { get; } = [];

    /// <summary>The table of a family and name, made when it is new.</summary>
    /// <param name="family">Packets that it sees.</param>
    /// <param name="name">Its name.</param>
    /// <param name="title">Begins the names of its lists; unique in the file.</param>
    public TableDraft Table(TableFamily family, string name, string title)
    {
        if (_tables.FirstOrDefault(table => table.Family == family && table.Name == name) is { } known)
            return known;
        var made = new TableDraft(family, name, title);
        _tables.Add(made);
        return made;
    }

    /// <summary>Takes all tables away, as <c>flush ruleset</c> does.</summary>
    public void Clear()
    {
        _tables.Clear();
        Translations.Clear();
        Untracked.Clear();
    }

    /// <summary>Takes one table away.</summary>
    public void Remove(TableDraft table) => _tables.Remove(table);

    /// <summary>Adds a rule to the end of a chain, notes its line, and narrows it to what its table sees.</summary>
    public void Append(ChainDraft chain, RuleDraft rule) => Insert(chain, chain.Rules.Count, rule);

    /// <summary>Adds a rule at a position of a chain.</summary>
    public void Insert(ChainDraft chain, int position, RuleDraft rule)
    {
        rule.SettlePorts();
        chain.Table.Narrow(rule);
        chain.Rules.Insert(Math.Clamp(position, 0, chain.Rules.Count), rule);
        // What only counts, logs or translates keeps nothing from passing, whatever it asks for.
        if (rule.Reason is { } reason && (rule.IsUnknown || Discards(rule)
            || (rule.Action != PolicyAction.Continue && !chain.IsNat)))
            text.NotEvaluable(rule.Line, reason);
        else
            text.Understood(rule.Line);
    }

    /// <summary>The policy.</summary>
    public Policy Build()
    {
        foreach (var table in _tables)
            ChainCircles.Cut(table, text);
        var lists = ImmutableArray.CreateBuilder<PolicyList>();
        foreach (var chain in _tables.Where(table => !table.IsDormant).SelectMany(Relevant)
            .OrderBy(chain => chain.Hook is null).ThenBy(chain => chain.Hook).ThenBy(chain => chain.Priority))
            lists.Add(chain.Build(text, rule => Target(chain.Table, rule)));
        var file = text.Text;
        return new Policy
        {
            Name = ConfigurationText.Shown(Path.GetFileName(file.Path)),
            Format = format,
            Files = [new PolicyFile(file.Path, file.Sha256)],
            Lists = lists.ToImmutable(),
            Zones = [.. Interfaces()],
            Translations = [.. Translations],
            NotEvaluable = text.NotEvaluableLines(),
            Lines = text.Counts(),
        };
    }

    /// <summary>Chains that translate addresses decide only when one of their rules discards.</summary>
    private static IEnumerable<ChainDraft> Relevant(TableDraft table)
    {
        if (!table.Chains.Any(chain => chain.IsNat))
            return table.Chains;
        var isNatOnly = table.Chains.All(chain => chain.IsNat || chain.Hook is null);
        if (isNatOnly && !table.Chains
            .Any(chain => chain.Default is not PolicyAction.Permit || chain.Rules.Any(Discards)))
            return [];
        // A chain of the type nat may jump to chains that others of its table share.
        return table.Chains.Where(chain => isNatOnly || !chain.IsNat || chain.Default is not PolicyAction.Permit
            || chain.Rules.Any(rule => Discards(rule) || rule.Action is PolicyAction.Jump or PolicyAction.Goto));
    }

    private static bool Discards(RuleDraft rule) => rule.Action is PolicyAction.Drop or PolicyAction.Reject;

    private static string? Target(TableDraft table, RuleDraft rule)
    {
        if (rule.IsUnknown)
            return ChainDraft.UnknownTarget;
        if (rule.Action is not (PolicyAction.Jump or PolicyAction.Goto))
            return null;
        return rule.Target is { } name && table.Find(name) is { } chain ? chain.ListName : ChainDraft.UnknownTarget;
    }

    /// <summary>The interfaces that rules name; what is behind them no file of netfilter says.</summary>
    private IEnumerable<PolicyZone> Interfaces()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in _tables.SelectMany(table => table.Chains).SelectMany(chain => chain.Rules))
        {
            foreach (var match in rule.Matches)
            {
                foreach (var name in match.From.Names.Concat(match.To.Names).Where(name => !name.EndsWith('*')))
                {
                    if (seen.Add(name))
                        yield return new PolicyZone(name, IntervalSet.Empty<UInt128>(), text.Line(rule.Line));
                }
            }
        }
    }
}
