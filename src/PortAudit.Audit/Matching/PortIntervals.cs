using System.Collections.Immutable;

namespace PortAudit.Audit.Matching;

/// <summary>
/// Which rules have a range over a port. The ends of all ranges cut the port space into pieces; every piece knows what covers it,
/// so that a look-up is one binary search however many rules there are.
/// </summary>
internal sealed class PortIntervals
{
    private readonly int[] _starts;
    private readonly ImmutableArray<RuleMatch>[] _covering;

    /// <summary>Cuts the port space at the ends of the ranges.</summary>
    public PortIntervals(IReadOnlyCollection<(int First, int Last, RuleMatch Match)> ranges)
    {
        _starts = [.. ranges.SelectMany(range => new[] { range.First, range.Last + 1 }).Append(0).Distinct().Order()];
        _covering = new ImmutableArray<RuleMatch>[_starts.Length];
        for (var i = 0; i < _starts.Length; i++)
            _covering[i] = [.. ranges.Where(range => range.First <= _starts[i] && range.Last >= _starts[i]).Select(range => range.Match)];
    }

    /// <summary>The ranges that hold <paramref name="port"/>.</summary>
    public ImmutableArray<RuleMatch> Covering(ushort port)
    {
        var place = Array.BinarySearch(_starts, port);
        return _covering[place >= 0 ? place : ~place - 1];
    }
}
