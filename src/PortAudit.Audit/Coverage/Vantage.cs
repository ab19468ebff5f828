using System.Collections.Immutable;
using PortAudit.Traffic;

namespace PortAudit.Audit.Coverage;

/// <summary>A capture point from which flows between two roles would have been seen.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Sees">Segments that it sees; empty when the site does not say.</param>
/// <param name="WatchedNs">How long it watched, in nanoseconds.</param>
internal sealed record Vantage(string Name, ImmutableArray<string> Sees, long WatchedNs)
{
    /// <summary>Points that a sentence names at most, those that watched longest.</summary>
    private const int MaximumNamed = 3;

    /// <summary>
    /// How long a point watched, in nanoseconds: from its first packet to its last. A silence that is longer than the rest together is no watching: two short captures a day
    /// apart are not a day.
    /// </summary>
    public static long WatchedBy(PointSummary point)
    {
        if (point is not { FirstNs: { } first, LastNs: { } last })
            return 0;
        var span = (Int128)last - first;
        var silence = point.Clock.LargestForwardNs;
        return (long)Int128.Min(long.MaxValue, span - silence < silence ? Int128.Max(0, span - silence) : span);
    }

    /// <summary>Who watched, for how long, and what cannot be known from there: two sentences.</summary>
    public static string Sentences(ImmutableArray<Vantage> points)
    {
        var named = points.OrderByDescending(point => point.WatchedNs).ThenBy(point => point.Name, StringComparer.Ordinal).Take(MaximumNamed).Select(point => point.Clause).ToList();
        var rest = points.Length > named.Count ? $"; so did {Count.Of(points.Length - named.Count, "further capture point")}" : "";
        var sentence = $"{string.Join("; ", named)}{rest}.";
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]} What stopped an attempt before it came there, a host's own firewall or a device in front, cannot be known from there.";
    }

    private string Clause => $"{(Name.Length == 0 ? "the capture" : $"capture point {Name}")}, {Place}, watched for {Duration.ToText(WatchedNs)}";

    private string Place => Sees switch
    {
        [] => "of which the site does not say what it sees",
        [var only] => $"inside {only}",
        _ => $"on the border of {string.Join(", ", Sees.SkipLast(1))} and {Sees[^1]}",
    };
}
