using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>The tables of a ruleset while it is read. Rules are kept until all sets are known.</summary>
/// <param name="draft">Notes what is understood.</param>
/// <param name="format">Name of the format.</param>
internal sealed class NftRuleset(PolicyDraft draft, string format)
{
    private readonly RulesetDraft _tables = new(draft, format);
    private readonly List<Pending> _pending = [];
    private string? _gap;

    public NftSets Sets { get; } = new();

    /// <summary>The table of a family and name, made when it is new; null for a family without addresses.</summary>
    public TableDraft? Table(string family, string name) => NftTables.Family(family) is { } known
        ? _tables.Table(known, name, $"{family} {name}")
        : null;

    /// <summary>Adds a rule.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="lines">The lines that it takes.</param>
    /// <param name="isInserted">True when it goes to the head of the chain.</param>
    public void Add(ChainDraft chain, NftRule rule, ImmutableArray<int> lines, bool isInserted)
    {
        foreach (var set in rule.Statements.OfType<NftEffect>().Select(effect => effect.UpdatedSet).OfType<string>())
            Sets.Declare(chain.Table, set, rule.Line).IsDynamic = true;
        _pending.Add(new Pending(chain, rule, lines, isInserted));
    }

    /// <summary>Carries out <c>flush</c> or <c>delete</c> of the ruleset, a table or a chain.</summary>
    public void Remove(string kind, string family, string? table, string? chain, bool isFlush)
    {
        if (kind == "ruleset")
        {
            _tables.Clear();
            _pending.Clear();
            return;
        }

        var found = _tables.Tables
            .FirstOrDefault(known => known.Name == table && known.Family == NftTables.Family(family));
        if (found is null)
            return;
        _pending.RemoveAll(pending => pending.Chain.Table == found && (kind == "table" || pending.Chain.Name == chain));
        if (isFlush)
            return;
        if (kind == "table")
            _tables.Remove(found);
        else if (chain is not null)
            found.Remove(chain);
    }

    /// <summary>Notes that rules of all chains so far may differ from what was read.</summary>
    public void HideAll(string why)
    {
        foreach (var chain in _tables.Tables.SelectMany(table => table.Chains))
            chain.Hide(why);
    }

    /// <summary>Notes that rules of all chains may differ from what will have been read.</summary>
    public void HideLater(string why) => _gap ??= why;

    /// <summary>The policy.</summary>
    public Policy Build()
    {
        var compiler = new NftCompiler(_tables, Sets);
        foreach (var pending in Ordered())
        {
            foreach (var rule in compiler.Compile(pending.Chain, pending.Rule))
                _tables.Append(pending.Chain, rule);
            foreach (var line in pending.Lines.Where(line => line != pending.Rule.Line))
                draft.Understood(line);
        }

        if (_gap is not null)
            HideAll(_gap);
        foreach (var table in _tables.Tables)
            table.IsOtherFamilyKnown = true;
        TrackingExemptions.Apply(_tables);
        return _tables.Build();
    }

    /// <summary>What was inserted comes first, the last one at the head.</summary>
    private IEnumerable<Pending> Ordered() =>
        _pending.Where(pending => pending.IsInserted).Reverse().Concat(_pending.Where(pending => !pending.IsInserted));

    private sealed record Pending(ChainDraft Chain, NftRule Rule, ImmutableArray<int> Lines, bool IsInserted);
}
