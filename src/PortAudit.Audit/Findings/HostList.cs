using PortAudit.Audit.Site;

namespace PortAudit.Audit.Findings;

/// <summary>Hosts as a sentence names them.</summary>
internal static class HostList
{
    /// <summary>Hosts that a sentence names; the rest stand in the fields beside it.</summary>
    private const int MaximumNamed = 3;

    /// <summary>The first hosts by name or address, and how many more there are.</summary>
    public static string Of(SmallestSet<HostIdentity> hosts)
    {
        var names = hosts.Kept.Select(host => host.Text).Distinct(StringComparer.Ordinal).ToList();
        if (hosts.IsOverflown)
            return $"{string.Join(", ", names.Take(MaximumNamed))} and more than {names.Count - MaximumNamed} others";
        return names.Count switch
        {
            1 => names[0],
            <= MaximumNamed => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            _ => $"{string.Join(", ", names.Take(MaximumNamed))} and {Count.Of(names.Count - MaximumNamed, "other")}",
        };
    }
}
