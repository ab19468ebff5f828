using System.Collections.Immutable;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Coverage;

/// <summary>A capture point from which flows between two roles would have been seen.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Sees">Segments that it sees; empty when the site does not say.</param>
/// <param name="Watched">How long it watched.</param>
internal sealed record ObservationPoint(string Name, ImmutableArray<string> Sees, WatchTime Watched)
{
    /// <summary>Points that a sentence names at most, those that watched longest.</summary>
    private const int MaximumNamed = 3;

    /// <summary>Who watched, for how long, and what cannot be known from there: two sentences.</summary>
    public static string Sentences(ImmutableArray<ObservationPoint> points)
    {
        var named = points.OrderByDescending(point => point.Watched.Ns)
            .ThenBy(point => point.Name, StringComparer.Ordinal).Take(MaximumNamed).Select(point => point.Clause)
            .ToList();
        var rest = points.Length > named.Count
            ? $"; so did {Quantity.Of(points.Length - named.Count, "further capture point")}"
            : "";
        var sentence = $"{string.Join("; ", named)}{rest}.";
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]} Attempts that a host firewall or a device in "
            + $"front of it stopped would not be seen there.";
    }

    private string Clause => $"{(Name.Length == 0 ? "the capture" : $"capture point {Name}")}, {Location}, watched for "
        + Watched.ToText();

    private string Location => Sees switch
    {
        [] => "without a declared view in the site",
        [var only] => $"inside {only}",
        _ => $"on the border of {string.Join(", ", Sees.SkipLast(1))} and {Sees[^1]}",
    };
}
