using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Policies.Import;

/// <summary>Tells which addresses lie behind which zone: of the networks of interfaces and static routes that hold an
/// address, the longest prefix counts (RFC 1812 §5.2.4.3). A prefix that two zones share belongs to both.</summary>
internal sealed class RoutedZones
{
    private readonly List<Network> _networks = [];
    private readonly Dictionary<string, PolicyLine> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];

    private readonly record struct Network(Interval<UInt128> Range, bool IsIpv4, string Zone);

    /// <summary>Adds a zone, with or without networks.</summary>
    public void Add(string zone, PolicyLine line)
    {
        if (_lines.TryAdd(zone, line))
            _names.Add(zone);
    }

    /// <summary>Adds a network behind a zone that was added.</summary>
    public void Route(string zone, Prefix prefix) =>
        _networks.Add(new Network(AddressSet.Of(prefix).Ranges[0], prefix.Address.IsIpv4, zone));

    /// <summary>The zones in the order in which they were added.</summary>
    public ImmutableArray<PolicyZone> Build()
    {
        var pieces = new Dictionary<string, List<Interval<UInt128>>>(StringComparer.OrdinalIgnoreCase);
        Sweep(_networks.Where(route => route.IsIpv4), AddressSet.AnyIpv4, pieces);
        Sweep(_networks.Where(route => !route.IsIpv4), AddressSet.AnyIpv6, pieces);
        return
        [
            .. _names.Select(name => new PolicyZone(name,
                pieces.TryGetValue(name, out var ranges) ? IntervalSet.Of(ranges) : IntervalSet.Empty<UInt128>(),
                _lines[name])),
        ];
    }

    /// <summary>Goes up through the addresses. Prefixes either nest or are disjoint, so those that hold the current
    /// address are a stack, the longest on top.</summary>
    private static void Sweep(IEnumerable<Network> routes, IntervalSet<UInt128> family,
        Dictionary<string, List<Interval<UInt128>>> pieces)
    {
        var open = new Stack<Nested>();
        foreach (var route in routes.OrderBy(route => route.Range.First).ThenByDescending(route => route.Range.Last))
        {
            while (open.TryPeek(out var top) && top.Range.Last < route.Range.First)
                Close(open);
            if (open.TryPeek(out var holder))
            {
                if (holder.Range == route.Range)
                {
                    holder.Zones.Add(route.Zone);
                    continue;
                }

                if (holder.Next < route.Range.First)
                    Emit(holder, route.Range.First - 1);
            }

            open.Push(new Nested(route.Range) { Zones = { route.Zone } });
        }

        while (open.Count > 0)
            Close(open);

        void Close(Stack<Nested> stack)
        {
            var closed = stack.Pop();
            if (closed.Next is { } next && next <= closed.Range.Last)
                Emit(closed, closed.Range.Last);
            if (stack.TryPeek(out var holder))
                holder.Next = closed.Range.Last == UInt128.MaxValue ? null : closed.Range.Last + 1;
        }

        void Emit(Nested nested, UInt128 last)
        {
            if (nested.Next is not { } first)
                return;
            foreach (var range in IntervalSet.Of(first, last).Intersect(family).Ranges)
            {
                foreach (var zone in nested.Zones)
                {
                    if (!pieces.TryGetValue(zone, out var list))
                        pieces.Add(zone, list = []);
                    list.Add(range);
                }
            }
        }
    }

    private sealed class Nested(Interval<UInt128> range)
    {
        public Interval<UInt128> Range => range;

        public HashSet<string> Zones { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>First address that no longer prefix took so far; null past the last address.</summary>
        public UInt128? Next { get; set; } = range.First;
    }
}
