using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Prefixes on one side of a router: no link shows two of them on different sides.</summary>
/// <param name="Sides">What is known of them, by prefix.</param>
public sealed record SideSegment(ImmutableArray<PrefixSide> Sides)
{
    /// <summary>The prefixes, ascending.</summary>
    public ImmutableArray<Prefix> Prefixes => [.. Sides.Select(side => side.Prefix).Distinct()];

    /// <summary>The router that the prefixes are behind on every link; null when one of them is on a link.</summary>
    public LinkAddress? Router => Sides.Any(side => side.Router is null) ? null : Sides.Min(side => side.Router);

    /// <summary>The segments that links prove to be different, those on a link first; none where all prefixes may be on
    /// one side.</summary>
    internal static ImmutableArray<SideSegment> Of(IEnumerable<PrefixSide> sides)
    {
        var segments = new List<List<PrefixSide>>();
        foreach (var prefix in sides.GroupBy(side => side.Prefix)
            .OrderBy(group => group.All(side => side.Router is not null)).ThenBy(group => group.Key.Address))
        {
            var segment = segments.Find(other => !prefix.Any(side => other.Any(known => Differ(side, known))));
            if (segment is null)
                segments.Add([.. prefix]);
            else
                segment.AddRange(prefix);
        }

        return segments.Count < 2 ? [] : [.. segments.Select(segment => new SideSegment(
            PrefixSide.Distinct(segment)))];
    }

    private static bool Differ(PrefixSide one, PrefixSide other) =>
        one.Link == other.Link && one.Router != other.Router;
}
