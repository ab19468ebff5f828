using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Needs;

/// <summary>
/// Compares what two catalogs ask of one pair of roles. A range that both name is a row. Of the others, those that
/// overlap are a row together. What one names and the other does not is looked for in the other's ranges that already
/// have a row, then in what it inherits: such ranges count as far as they answer, as they are compared elsewhere as a
/// whole.
/// </summary>
internal static class PairComparison
{
    public static ComparedPair Of(RolePair pair, AskedNeeds first, AskedNeeds second)
    {
        var (named, otherNamed) = (ByKey(first.Named(pair)), ByKey(second.Named(pair)));
        var (inherited, otherInherited) = (ByKey(first.Inherited(pair)), ByKey(second.Inherited(pair)));
        var needs = ImmutableArray.CreateBuilder<ComparedNeed>();
        foreach (var key in named.Concat(otherNamed).Select(group => group.Key).Distinct().Order())
        {
            var sides = new Sides([.. named[key]], [.. inherited[key]], [.. otherNamed[key]], [.. otherInherited[key]]);
            needs.AddRange(key.HasRanges
                ? Joined(Rows(key.Transport, sides))
                : [new ComparedNeed(key.Transport, key.Parameter, Whole(sides.Named, sides.Inherited),
                    Whole(sides.OtherNamed, sides.OtherInherited))]);
        }

        return new ComparedPair(pair.From, pair.To, [.. needs.Select(need => need.Change switch
        {
            NeedChange.Gone => need with { Narrower = Narrower(pair, need, need.First!, second) },
            NeedChange.New => need with { Narrower = Narrower(pair, need, need.Second!, first) },
            _ => need,
        })]);
    }

    /// <summary>Pairs of narrower roles for which the other catalog asks for some of the ports that one asks
    /// for.</summary>
    private static ImmutableArray<RolePair> Narrower(RolePair pair, ComparedNeed need, AskedPorts asked,
        AskedNeeds other) =>
        [.. other.Narrower(pair).Where(narrower => other.Named(narrower).Any(range => range.Transport == need.Transport
            && (range.Ports is { } ports ? asked.Ports.Any(own => own.Overlaps(ports))
                : asked.Ports.IsEmpty && range.Parameter == need.Parameter)))];

    private static ILookup<Key, AskedRange> ByKey(IEnumerable<AskedRange> ranges) =>
        ranges.ToLookup(range => new Key(range.Transport, range.Ports is not null, range.Parameter));

    /// <summary>A transport without ports, or a parameter without a value: one row, whatever the rules.</summary>
    private static AskedPorts? Whole(ImmutableArray<AskedRange> named, ImmutableArray<AskedRange> inherited) =>
        named.IsEmpty && inherited.IsEmpty ? null : new AskedPorts([], Rules(named.IsEmpty ? inherited : named));

    private static IEnumerable<ComparedNeed> Rows(IpProtocol transport, Sides sides)
    {
        var common = sides.Named.Select(range => range.Ports).Intersect(sides.OtherNamed.Select(range => range.Ports))
            .ToHashSet();
        var rows = common.Select(ports => new Cluster([.. sides.Named.Where(range => range.Ports == ports)],
            [.. sides.OtherNamed.Where(range => range.Ports == ports)])).ToList();
        var (left, paired) = Parted(sides.Named, common);
        var (otherLeft, otherPaired) = Parted(sides.OtherNamed, common);
        rows.AddRange(Clusters(Answers(Answers(left, otherLeft, paired), otherLeft, sides.Inherited),
            Answers(Answers(otherLeft, left, otherPaired), left, sides.OtherInherited)));
        return rows.OrderBy(row => row.FirstPort).Select(row => row.ToNeed(transport));
    }

    private static (ImmutableArray<AskedRange> Left, ImmutableArray<AskedRange> Paired) Parted(
        ImmutableArray<AskedRange> ranges, HashSet<PortRange?> common) =>
        ([.. ranges.Where(range => !common.Contains(range.Ports))],
            [.. ranges.Where(range => common.Contains(range.Ports))]);

    /// <summary>The ranges of one side with those of its further ranges, cut to what the other side names and the own
    /// side lacks.</summary>
    private static ImmutableArray<AskedRange> Answers(ImmutableArray<AskedRange> own,
        ImmutableArray<AskedRange> others, ImmutableArray<AskedRange> further)
    {
        var wanted = Set(others).Except(Set(own));
        return wanted.IsEmpty ? own : [.. own, .. further.SelectMany(range => Set([range]).Intersect(wanted).Ranges
            .Select(part => range with { Ports = new PortRange(part.First, part.Last) }))];
    }

    /// <summary>Ranges that overlap, directly or by others.</summary>
    private static IEnumerable<Cluster> Clusters(ImmutableArray<AskedRange> ranges, ImmutableArray<AskedRange> others)
    {
        var (first, second) = (ImmutableArray.CreateBuilder<AskedRange>(), ImmutableArray.CreateBuilder<AskedRange>());
        var last = -1;
        foreach (var (range, isOther) in ranges.Select(range => (range, false))
            .Concat(others.Select(range => (range, true))).OrderBy(row => row.range.Ports))
        {
            if (range.Ports!.Value.First > last && first.Count + second.Count > 0)
            {
                yield return new Cluster(first.ToImmutable(), second.ToImmutable());
                first.Clear();
                second.Clear();
            }

            (isOther ? second : first).Add(range);
            last = Math.Max(last, range.Ports.Value.Last);
        }

        if (first.Count + second.Count > 0)
            yield return new Cluster(first.ToImmutable(), second.ToImmutable());
    }

    /// <summary>The rows, those in one that say the same of several ports by the same rules.</summary>
    private static IEnumerable<ComparedNeed> Joined(IEnumerable<ComparedNeed> rows) => rows
        .GroupBy(row => (row.Change, Ids(row.First), Ids(row.Second)))
        .Select(group => group.Aggregate((row, other) =>
            row with { First = Joined(row.First, other.First), Second = Joined(row.Second, other.Second) }));

    private static AskedPorts? Joined(AskedPorts? asked, AskedPorts? other) => asked is null ? null
        : asked with { Ports = Ranges(IntervalSet.Of([.. Intervals(asked.Ports), .. Intervals(other!.Ports)])) };

    private static string Ids(AskedPorts? asked) =>
        string.Join(' ', asked?.Rules.Select(asking => $"{asking.Rule.Id} {asking.IsInherited}") ?? []);

    private static IntervalSet<ushort> Set(IEnumerable<AskedRange> ranges) =>
        IntervalSet.Of(Intervals(ranges.Select(range => range.Ports!.Value)));

    private static IEnumerable<Interval<ushort>> Intervals(IEnumerable<PortRange> ranges) =>
        ranges.Select(range => new Interval<ushort>(range.First, range.Last));

    private static ImmutableArray<PortRange> Ranges(IntervalSet<ushort> ports) =>
        [.. ports.Ranges.Select(range => new PortRange(range.First, range.Last))];

    private static ImmutableArray<AskingRule> Rules(IEnumerable<AskedRange> ranges) =>
        [.. ranges.DistinctBy(range => range.Rule.Index).OrderBy(range => range.Rule.Index)
            .Select(range => new AskingRule(range.Rule.Rule, range.Rule.Ports, range.IsInherited))];

    /// <summary>What is compared with each other.</summary>
    private readonly record struct Key(IpProtocol Transport, bool HasRanges, string Parameter) : IComparable<Key>
    {
        public int CompareTo(Key other) => Transport != other.Transport ? Transport.CompareTo(other.Transport)
            : HasRanges != other.HasRanges ? other.HasRanges.CompareTo(HasRanges)
            : string.CompareOrdinal(Parameter, other.Parameter);
    }

    private sealed record Sides(ImmutableArray<AskedRange> Named, ImmutableArray<AskedRange> Inherited,
        ImmutableArray<AskedRange> OtherNamed, ImmutableArray<AskedRange> OtherInherited);

    /// <summary>Ranges of both sides that make a row.</summary>
    private sealed record Cluster(ImmutableArray<AskedRange> First, ImmutableArray<AskedRange> Second)
    {
        public PortRange FirstPort => First.Concat(Second).Min(range => range.Ports!.Value);

        public ComparedNeed ToNeed(IpProtocol transport) => new(transport, "", Asked(First), Asked(Second));

        private static AskedPorts? Asked(ImmutableArray<AskedRange> ranges) =>
            ranges.IsEmpty ? null : new AskedPorts(Ranges(Set(ranges)), Rules(ranges));
    }
}
