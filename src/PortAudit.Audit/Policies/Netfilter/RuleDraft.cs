using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>How many combinations the rules of a file may still expand into.</summary>
internal sealed class CombinationBudget
{
    /// <summary>Of a whole file: half a kilobyte each, and no published ruleset has a tenth of it.</summary>
    public const int Most = 500_000;

    /// <summary>What is left.</summary>
    public int Left { get; set; } = Most;
}

/// <summary>A rule while it is read.</summary>
/// <param name="budget">Combinations that the file has left.</param>
internal sealed class RuleDraft(CombinationBudget budget)
{
    /// <summary>Combinations that one rule may expand into, such as the elements of a set of concatenations; with more
    /// the part is a condition, which leaves the rule open.</summary>
    public const int MaxCombinations = 16_384;

    private static readonly IntervalSet<byte> WithPorts = IntervalSet.Of(
        new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp }.Select(known =>
            new Interval<byte>(known.Value, known.Value)));

    private static readonly IntervalSet<byte> WithUnseenPorts =
        IntervalSet.Of([new Interval<byte>(33, 33), new Interval<byte>(136, 136)]);

    private static readonly PolicyCondition Ports = new(ConditionKind.Header, "ports of DCCP and UDP-Lite");

    private bool _isOverfull;

    /// <summary>Where it begins.</summary>
    public required int Line { get; init; }

    /// <summary>Its text, shortened and escaped.</summary>
    public required string Text { get; init; }

    /// <summary>Packets that it matches: any of these.</summary>
    public List<PacketMatch> Matches { get; private set; } = [PacketMatch.Any];

    public PolicyAction Action { get; set; } = PolicyAction.Continue;

    /// <summary>Chain of the same table that it jumps to.</summary>
    public string? Target { get; set; }

    /// <summary>True when what it does is not known: it may permit, drop or go on.</summary>
    public bool IsUnknown { get; set; }

    public string? Comment { get; set; }

    public long? Hits { get; set; }

    /// <summary>Why a part of it is not evaluated; null when all of it is.</summary>
    public string? Reason { get; private set; }

    /// <summary>A copy that can be narrowed further, for rules of which one line makes several.</summary>
    public RuleDraft Copy()
    {
        var copy = (RuleDraft)MemberwiseClone();
        copy.Matches = [.. Matches];
        return copy;
    }

    /// <summary>Narrows the rule to packets that also match.</summary>
    public void And(PacketMatch match) => And([match]);

    /// <summary>Narrows the rule to packets that also match one of several.</summary>
    public void And(IReadOnlyList<PacketMatch> matches)
    {
        var added = ((long)Matches.Count * matches.Count) - Matches.Count;
        if (added + Matches.Count > MaxCombinations || added > budget.Left)
        {
            // Once open, it stays open: further parts need not be added.
            if (_isOverfull)
                return;
            _isOverfull = true;
            Condition(ConditionKind.Other, $"one of {matches.Count} combinations",
                $"the rule expands into more than {MaxCombinations} combinations, or the file into more than "
                + $"{CombinationBudget.Most}");
            return;
        }

        budget.Left -= (int)Math.Max(added, 0);
        var both = new List<PacketMatch>(Matches.Count * matches.Count);
        foreach (var first in Matches)
            both.AddRange(matches.Select(first.And));
        Matches = both;
    }

    /// <summary>Adds a condition that is not evaluated.</summary>
    /// <param name="kind">What it depends on.</param>
    /// <param name="text">The condition.</param>
    /// <param name="reason">Why it is not evaluated, in a clause.</param>
    public void Condition(ConditionKind kind, string text, string reason)
    {
        And(PacketMatch.OfCondition(kind, text));
        Reason ??= reason;
    }

    /// <summary>Notes that what the rule does is not known.</summary>
    public void Unknown(string reason)
    {
        IsUnknown = true;
        Reason ??= reason;
    }

    /// <summary>Notes why a part is not evaluated.</summary>
    public void NotEvaluable(string reason) => Reason ??= reason;

    /// <summary>Leaves ports open for protocols of which packets are put to a policy without ports: DCCP and UDP-Lite
    /// have them at the same offset (RFC 4340 §5.1, RFC 3828 §3). Other protocols without ports do not match.</summary>
    public void SettlePorts()
    {
        if (!Matches.Any(match => match.Service.HasPorts))
            return;
        var settled = new List<PacketMatch>();
        foreach (var match in Matches)
        {
            if (!match.Service.HasPorts)
            {
                settled.Add(match);
                continue;
            }

            settled.Add(match.And(PacketMatch.OfProtocols(WithPorts)));
            var open = match.Service.Protocols.Intersect(WithUnseenPorts);
            if (!open.IsEmpty)
                settled.Add(match with
                {
                    Service = ServiceMatch.OfProtocols(open),
                    Conditions = [.. match.Conditions, Ports]
                });
        }

        Matches = settled;
    }

    /// <summary>The rules as the model has them.</summary>
    /// <param name="name">Name of the first; further ones have a number behind it.</param>
    /// <param name="text">The file.</param>
    /// <param name="target">Name of the list that it goes to.</param>
    public IEnumerable<PolicyRule> Build(string name, PolicyDraft text, string? target)
    {
        var groups = Grouped();
        for (var index = 0; index < groups.Count; index++)
        {
            var match = groups[index].First;
            yield return new PolicyRule
            {
                Name = index == 0 ? name : $"{name}/{index + 1}",
                Line = text.Line(Line),
                Text = Text,
                Action = IsUnknown ? PolicyAction.Jump : Action,
                Target = target,
                From = match.From,
                To = match.To,
                Source = new AddressMatch(match.Source),
                Destination = new AddressMatch(match.Destination),
                Services = [.. groups[index].Services],
                States = match.States,
                Conditions = match.Conditions,
                Comment = Comment,
                Hits = Hits,
            };
        }
    }

    /// <summary>Matches that differ in their services only become one rule; those that no packet meets are left out
    /// when others remain.</summary>
    private List<(PacketMatch First, List<ServiceMatch> Services)> Grouped()
    {
        var possible = Matches.Where(match => !match.IsEmpty).ToList();
        if (possible.Count == 0)
            possible = [Matches[0]];
        var groups = new List<(PacketMatch First, List<ServiceMatch> Services)>();
        foreach (var match in possible)
        {
            if (groups.Count > 0 && groups[^1].First.EqualsButService(match))
                groups[^1].Services.Add(match.Service);
            else
                groups.Add((match, [match.Service]));
        }

        return groups;
    }
}
