using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>A named set or map of a table.</summary>
internal sealed class NftSet
{
    /// <summary>True when packets or timeouts change it while the ruleset runs.</summary>
    public bool IsDynamic { get; set; }

    /// <summary>Its elements.</summary>
    public ImmutableArray<NftElement>.Builder Elements { get; } = ImmutableArray.CreateBuilder<NftElement>();

    /// <summary>Where it is declared.</summary>
    public required int Line { get; init; }
}

/// <summary>The named sets and maps of all tables.</summary>
internal sealed class NftSets
{
    private readonly Dictionary<(TableDraft Table, string Name), NftSet> _sets = [];

    /// <summary>The set of a name, made when it is new.</summary>
    public NftSet Declare(TableDraft table, string name, int line)
    {
        if (!_sets.TryGetValue((table, name), out var set))
            _sets.Add((table, name), set = new NftSet { Line = line });
        return set;
    }

    /// <summary>The set of a name; null without one.</summary>
    public NftSet? Find(TableDraft table, string name) => _sets.GetValueOrDefault((table, name));
}
