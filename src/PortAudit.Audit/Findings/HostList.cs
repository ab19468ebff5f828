using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Findings;

/// <summary>Hosts as a sentence names them.</summary>
internal static class HostList
{
    /// <summary>Hosts that a sentence names; the finding's fields list the rest.</summary>
    private const int MaximumNamed = 3;

    /// <summary>The first hosts by name or address, and how many more there are.</summary>
    public static string Of(BottomKSet<HostIdentity> hosts)
    {
        var names = hosts.Kept.Select(host => host.Text).Distinct(StringComparer.Ordinal).ToList();
        return hosts.IsOverflown
            ? $"{string.Join(", ", names.Take(MaximumNamed))} and more than {names.Count - MaximumNamed} others"
            : Of(names);
    }

    /// <summary>The first names, and how many more there are.</summary>
    /// <param name="names">At least one name.</param>
    /// <param name="notListed">Names beyond them.</param>
    public static string Of(IReadOnlyList<string> names, int notListed = 0) => (names.Count + notListed) switch
    {
        1 => names[0],
        <= MaximumNamed and var all when all == names.Count =>
            $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        var all => $"{string.Join(", ", names.Take(MaximumNamed))} and "
            + $"{Quantity.Of(all - Math.Min(MaximumNamed, names.Count), "other")}",
    };
}
