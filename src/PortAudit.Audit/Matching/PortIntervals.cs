using System.Collections.Immutable;

namespace PortAudit.Audit.Matching;

/// <summary>Which rules cover a port. Range boundaries cut the port space into pieces that list their rules, so a
/// look-up is one binary search. An exact port is a range of one.</summary>
internal sealed class PortIntervals
{
    private readonly int[] _starts;
    private readonly ImmutableArray<RuleMatch>[] _covering;

    public PortIntervals(IReadOnlyCollection<CoveredPorts> ranges)
    {
        _starts = [.. ranges.SelectMany(range => new[] { range.First, range.Last + 1 }).Append(0).Distinct().Order()];
        _covering = new ImmutableArray<RuleMatch>[_starts.Length];
        var coming = new Queue<CoveredPorts>(ranges.OrderBy(range => range.First));
        var open = new List<CoveredPorts>();
        for (var i = 0; i < _starts.Length; i++)
        {
            open.RemoveAll(range => range.Last < _starts[i]);
            while (coming.TryPeek(out var next) && next.First == _starts[i])
                open.Add(coming.Dequeue());
            _covering[i] = [.. open.Select(range => range.Match)];
        }
    }

    public ImmutableArray<RuleMatch> Covering(ushort port)
    {
        var index = Array.BinarySearch(_starts, port);
        return _covering[index >= 0 ? index : ~index - 1];
    }
}

/// <summary>Ports that a rule covers.</summary>
/// <param name="First">Lowest port, 0 to 65535.</param>
/// <param name="Last">Highest port, at least <paramref name="First"/>.</param>
/// <param name="Match">The rule.</param>
internal readonly record struct CoveredPorts(int First, int Last, RuleMatch Match);
