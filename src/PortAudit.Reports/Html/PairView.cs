using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;

namespace PortAudit.Reports.Html;

/// <summary>All that a report has to say of a pair of roles.</summary>
/// <param name="Pair">What passed.</param>
/// <param name="Slug">Its name in links and file names, different from that of every other pair.</param>
/// <param name="Timeline">When what happened; null when it was not noted.</param>
/// <param name="Rules">Rules that apply to it: first those that name its roles, then those for what these are a kind
/// of, last those for any role.</param>
/// <param name="DynamicRanges">Ranges of its rules whose ports are announced.</param>
internal sealed record PairView(RolePair Pair, string Slug, RolePairTimeline? Timeline, ImmutableArray<RuleRow> Rules,
    ImmutableArray<PortRange> DynamicRanges)
{
    public string Anchor => $"pair-{Slug}";
}

/// <summary>Makes <see cref="PairView"/>s.</summary>
internal static class PairViews
{
    /// <summary>Characters of a role's name in a file name.</summary>
    private const int MaximumPart = 48;

    public static ImmutableArray<PairView> Of(AuditReport report)
    {
        var timelines = report.Timelines.ToDictionary(timeline => (timeline.From, timeline.To));
        var rules = report.Rules.Where(row => row.Status != RuleStatus.NotApplicable).ToList();
        var ranges = report.DynamicPorts.ToLookup(row => (row.From, row.To), row => RangesOf(row.Range));
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. report.RolePairs.Select(pair => new PairView(
                pair,
                SlugOf(pair, taken),
                timelines.GetValueOrDefault((pair.From, pair.To)),
                [.. rules.Where(row => report.Roles.IsA(pair.From, row.From) && report.Roles.IsA(pair.To, row.To))
                    .OrderBy(row => DistanceOf(row, pair))],
                [.. ranges[(pair.From, pair.To)].SelectMany(range => range).Distinct().Order()])),
        ];
    }

    private static int DistanceOf(RuleRow row, RolePair pair)
    {
        if (row.From == BuiltInRoles.Any || row.To == BuiltInRoles.Any)
            return 2;
        return row.From == pair.From && row.To == pair.To ? 0 : 1;
    }

    private static string SlugOf(RolePair pair, HashSet<string> taken)
    {
        var name = $"{Plain(pair.From)}--{Plain(pair.To)}";
        var slug = name;
        for (var number = 2; !taken.Add(slug); number++)
            slug = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return slug;
    }

    /// <summary>Lower-case letters, digits and single hyphens: valid and unambiguous on every file system.</summary>
    private static string Plain(string role)
    {
        var plain = new StringBuilder();
        foreach (var character in role.Take(MaximumPart))
        {
            if (char.IsAsciiLetterOrDigit(character))
                plain.Append(char.ToLowerInvariant(character));
            else if (plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        }

        var text = plain.ToString().Trim('-');
        return text.Length == 0 ? "role" : text;
    }

    private static IEnumerable<PortRange> RangesOf(string text)
    {
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var bounds = part.Split('-');
            if (ushort.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && ushort.TryParse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                && first < last)
                yield return new PortRange(first, last);
        }
    }
}
