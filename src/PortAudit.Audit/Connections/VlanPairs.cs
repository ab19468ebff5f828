using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Connections;

/// <summary>VLANs under which a tap or mirror port shows the two directions of connections, by capture point.</summary>
internal sealed class VlanPairs
{
    /// <summary>Pairs named at most: a switch has thousands of VLANs, a tap a few.</summary>
    private const int MaximumNamed = 8;

    private readonly SortedDictionary<string, SortedSet<(ushort, ushort)>> _byPoint = new(StringComparer.Ordinal);
    private long _connections;

    /// <summary>True where the capture point shows directions under different VLANs.</summary>
    public bool AreAt(string point) => _byPoint.ContainsKey(point);

    /// <summary>The flow without the claim that no answer came, where the answer may have been recorded under another
    /// VLAN: then one direction of it was seen, and no more is known.</summary>
    public FlowRecord Withheld(FlowRecord flow) =>
        flow.Outcome == Outcome.Unanswered && AreAt(flow.CapturePoint) ? flow with { Outcome = Outcome.OneWay } : flow;

    /// <summary>Notes a connection whose directions were recorded under different VLANs.</summary>
    public void Add(string point, VlanTags one, VlanTags other)
    {
        _connections++;
        if (!_byPoint.TryGetValue(point, out var pairs))
            _byPoint.Add(point, pairs = []);
        AddPair(pairs, one.Outer, other.Outer);
        AddPair(pairs, one.Inner, other.Inner);
    }

    /// <summary>What the report says of it; none where each VLAN carries both directions.</summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            if (_connections == 0)
                yield break;
            var groups = Groups().ToList();
            var option = groups.Count <= MaximumNamed
                ? $"--equivalent-vlans {string.Join(',', groups)}"
                : "--merge-vlans";
            yield return $"The two directions of {Quantity.Of(_connections, "connection")} were recorded under "
                + $"different VLANs ({string.Join(", ", groups.Take(MaximumNamed))}), as a tap with a VLAN for each "
                + "direction does. They were joined here, but protocols that need both directions for proof may be "
                + $"missing, and unanswered flows do not count as blocked. Run again with {option}.";
        }
    }

    private static void AddPair(SortedSet<(ushort, ushort)> pairs, ushort one, ushort other)
    {
        if (one != other)
            pairs.Add(one < other ? (one, other) : (other, one));
    }

    /// <summary>VLANs that belong together, as the option wants them.</summary>
    private IEnumerable<string> Groups()
    {
        var groups = new List<SortedSet<ushort>>();
        foreach (var (one, other) in _byPoint.Values.SelectMany(pairs => pairs).Distinct().Order())
        {
            var touched = groups.Where(group => group.Contains(one) || group.Contains(other)).ToList();
            var united = new SortedSet<ushort>(touched.SelectMany(group => group)) { one, other };
            groups.RemoveAll(touched.Contains);
            groups.Add(united);
        }

        return groups.OrderBy(group => group.Min).Select(group => string.Join('=', group.Select(NameOf)));
    }

    private static string NameOf(ushort stored) =>
        stored == 0 ? "none" : (stored - 1).ToString(CultureInfo.InvariantCulture);
}
