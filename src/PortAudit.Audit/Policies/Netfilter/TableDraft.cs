using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>A table while it is read.</summary>
/// <param name="family">Packets that it sees.</param>
/// <param name="name">Its name.</param>
/// <param name="title">Its family and name, which begin the names of its lists.</param>
internal sealed class TableDraft(TableFamily family, string name, string title)
{
    private readonly Dictionary<string, ChainDraft> _chains = new(StringComparer.Ordinal);
    private readonly List<ChainDraft> _inOrder = [];

    public TableFamily Family => family;

    public string Name => name;

    public string Title { get; } = ConfigurationText.Shown(title);

    /// <summary>True when the files say what happens to the other family of addresses.</summary>
    public bool IsOtherFamilyKnown { get; set; }

    /// <summary>True when the file switches the table off (<c>flags dormant</c>).</summary>
    public bool IsDormant { get; set; }

    public IReadOnlyList<ChainDraft> Chains => _inOrder;

    /// <summary>The chain of a name; null without one.</summary>
    public ChainDraft? Find(string chain) => _chains.GetValueOrDefault(chain);

    /// <summary>The chain of a name, made when it is new.</summary>
    public ChainDraft Chain(string chain, int line)
    {
        if (_chains.TryGetValue(chain, out var known))
            return known;
        var made = new ChainDraft(this, chain, line);
        _chains.Add(chain, made);
        _inOrder.Add(made);
        return made;
    }

    /// <summary>Takes a chain away.</summary>
    public void Remove(string chain)
    {
        if (_chains.Remove(chain, out var removed))
            _inOrder.Remove(removed);
    }

    /// <summary>Narrows a rule to the packets that the table sees.</summary>
    public void Narrow(RuleDraft rule)
    {
        switch (family)
        {
            case TableFamily.Ipv4:
                rule.And(PacketMatch.Ipv4);
                break;
            case TableFamily.Ipv6:
                rule.And(PacketMatch.Ipv6);
                break;
            case TableFamily.Bridge:
                rule.And(PacketMatch.OfCondition(Model.ConditionKind.Other, "what is bridged, not routed"));
                break;
            case TableFamily.Both or TableFamily.Netdev:
                break;
        }
    }
}
