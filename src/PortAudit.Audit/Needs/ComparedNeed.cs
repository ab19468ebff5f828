using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Needs;

/// <summary>The needs of one pair of roles, in each catalog.</summary>
/// <param name="From">Originating role: its identifier in the first catalog, else in the second.</param>
/// <param name="To">Responding role, likewise.</param>
/// <param name="Needs">By transport, then by port.</param>
public sealed record ComparedPair(string From, string To, ImmutableArray<ComparedNeed> Needs);

/// <summary>Ports of a pair of roles and a transport that belong together, as each catalog asks for them.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Parameter">Parameter without a value that gives the ports; empty where ports are known, and for a
/// transport without ports.</param>
/// <param name="First">What the first catalog asks; null when it does not.</param>
/// <param name="Second">What the second catalog asks; null when it does not.</param>
public sealed record ComparedNeed(IpProtocol Transport, string Parameter, AskedPorts? First, AskedPorts? Second)
{
    /// <summary>Where only one catalog asks: the pairs of narrower roles for which the other asks for some of the
    /// ports, in ordinal order.</summary>
    public ImmutableArray<RolePair> Narrower { get; init; } = [];

    /// <summary>What becomes of the need.</summary>
    public NeedChange Change
    {
        get
        {
            if (First is null || Second is null)
                return First is null ? NeedChange.New : NeedChange.Gone;
            return (OnlyFirst.IsEmpty, OnlySecond.IsEmpty) switch
            {
                (true, true) => First.Need == Second.Need ? NeedChange.Same : NeedChange.Need,
                (false, true) => NeedChange.Narrower,
                (true, false) => NeedChange.Wider,
                (false, false) => NeedChange.Shifted,
            };
        }
    }

    /// <summary>Ports that both ask for, ascending.</summary>
    public ImmutableArray<PortRange> Common => Ranges(Set(First).Intersect(Set(Second)));

    /// <summary>Ports that only the first asks for, ascending.</summary>
    public ImmutableArray<PortRange> OnlyFirst => Ranges(Set(First).Except(Set(Second)));

    /// <summary>Ports that only the second asks for, ascending.</summary>
    public ImmutableArray<PortRange> OnlySecond => Ranges(Set(Second).Except(Set(First)));

    private static IntervalSet<ushort> Set(AskedPorts? asked) => asked is null
        ? IntervalSet.Empty<ushort>()
        : IntervalSet.Of(asked.Ports.Select(range => new Interval<ushort>(range.First, range.Last)));

    private static ImmutableArray<PortRange> Ranges(IntervalSet<ushort> ports) =>
        [.. ports.Ranges.Select(range => new PortRange(range.First, range.Last))];
}

/// <summary>Two roles of one catalog.</summary>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
public readonly record struct RolePair(string From, string To);

/// <summary>What one catalog asks.</summary>
/// <param name="Ports">Its ports, ascending, neither overlapping nor touching; empty for a transport without ports and
/// for a parameter without a value.</param>
/// <param name="Rules">The rules that ask for them, in the order of the catalog; at least one.</param>
public sealed record AskedPorts(ImmutableArray<PortRange> Ports, ImmutableArray<AskingRule> Rules)
{
    /// <summary>The most urgent need of the rules.</summary>
    public Need Need => Rules.Min(asking => asking.Rule.Need);
}

/// <summary>A rule that asks for ports.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ports">All its ports, parameters at their defaults.</param>
/// <param name="IsInherited">True when it names not the pair itself but roles that these are kinds of, or any
/// host.</param>
public sealed record AskingRule(Rule Rule, ImmutableArray<PortRange> Ports, bool IsInherited);
