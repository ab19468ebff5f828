using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Families of packets that a table sees.</summary>
internal enum TableFamily
{
    Ipv4,
    Ipv6,
    Both,
    Bridge,
    Netdev,
}

/// <summary>A chain while it is read.</summary>
/// <param name="table">Its table.</param>
/// <param name="name">Its name in the table.</param>
/// <param name="line">Where it is declared.</param>
internal sealed class ChainDraft(TableDraft table, string name, int line)
{
    /// <summary>Target of what is not known: no list has a name like it, which leaves the verdict open.</summary>
    public const string UnknownTarget = "?";

    public TableDraft Table => table;

    /// <summary>Its name in its table.</summary>
    public string Name => name;

    /// <summary>Name of its list.</summary>
    public string ListName => $"{table.Title} {ConfigurationText.Shown(name)}";

    public int Line { get; set; } = line;

    /// <summary>Where the kernel applies it; null for one that is only jumped to.</summary>
    public ChainHook? Hook { get; set; }

    /// <summary>True for chains that see the first packet of a connection only (type <c>nat</c>).</summary>
    public bool IsNat { get; set; }

    /// <summary>Position among the chains of a hook.</summary>
    public int Priority { get; set; }

    /// <summary>What happens at its end; null when that is not known.</summary>
    public PolicyAction? Default { get; set; } = PolicyAction.Permit;

    public long? DefaultHits { get; set; }

    public List<RuleDraft> Rules { get; } = [];

    /// <summary>Devices of a chain at <c>ingress</c> or <c>egress</c>.</summary>
    public ImmutableArray<string> Devices { get; set; } = [];

    /// <summary>Why its rules are not all known; null when they are.</summary>
    public string? Gap { get; private set; }

    /// <summary>Notes that rules may be missing at any position: nothing that reaches the chain is decided.</summary>
    public void Hide(string why) => Gap ??= why;

    /// <summary>The list as the model has it.</summary>
    public PolicyList Build(PolicyDraft text, Func<RuleDraft, string?> target)
    {
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        if (Gap is not null)
            rules.Add(Implied(text, "gap", PolicyAction.Jump, PacketMatch.Any) with { Target = UnknownTarget });
        for (var index = 0; index < Rules.Count; index++)
            rules.AddRange(Rules[index].Build($"{ListName} {index + 1}", text, target(Rules[index])));
        if (Hook is { } hook)
        {
            rules.AddRange(OtherFamily(text));
            rules.Add(Default is { } action
                ? Implied(text, "policy", action, PacketMatch.Any) with { Hits = DefaultHits }
                : Implied(text, "policy", PolicyAction.Jump, PacketMatch.Any) with { Target = UnknownTarget });
            return new PolicyList
            {
                Name = ListName,
                Rules = rules.ToImmutable(),
                Bindings = [.. ChainHooks.Passing(hook).Select(Binding)],
            };
        }

        return new PolicyList { Name = ListName, Rules = rules.ToImmutable() };
    }

    private PolicyBinding Binding(PolicyHook passing) => new(passing,
        Hook is ChainHook.Ingress ? new ZoneMatch(Devices) : ZoneMatch.Any,
        Hook is ChainHook.Egress ? new ZoneMatch(Devices) : ZoneMatch.Any);

    /// <summary>What happens to packets that the table does not see: the family without rules passes, unless another
    /// file would have its rules. Frames that are bridged cannot be told from packets that are routed.</summary>
    private IEnumerable<PolicyRule> OtherFamily(PolicyDraft text)
    {
        if (table.Family is TableFamily.Ipv4 or TableFamily.Ipv6)
        {
            var (other, label) = table.Family == TableFamily.Ipv4
                ? (PacketMatch.Ipv6, "IPv6") : (PacketMatch.Ipv4, "IPv4");
            yield return table.IsOtherFamilyKnown
                ? Implied(text, label, PolicyAction.Permit, other)
                : Implied(text, label, PolicyAction.Jump, other) with { Target = UnknownTarget };
        }
        else if (table.Family is TableFamily.Bridge && Default != PolicyAction.Permit)
        {
            yield return Implied(text, "bridged", PolicyAction.Jump, PacketMatch.Any) with { Target = UnknownTarget };
        }
    }

    private PolicyRule Implied(PolicyDraft text, string label, PolicyAction action, PacketMatch match) => new()
    {
        Name = $"{ListName} {label}",
        Line = text.Line(Line),
        Text = Line <= text.Text.Lines.Length ? text.Shown(Line) : "",
        Action = action,
        Source = new AddressMatch(match.Source),
        Destination = new AddressMatch(match.Destination),
        IsImplicit = true,
    };
}
