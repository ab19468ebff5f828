namespace PortAudit.Audit.Site;

/// <summary>Finds prefixes that lie inside others.</summary>
internal static class PrefixNesting
{
    /// <summary>Each prefix that lies inside another, with the longest of those around it. In the order of addresses;
    /// takes time as sorting does.</summary>
    /// <param name="prefixes">Prefixes, all different.</param>
    public static IEnumerable<(Prefix Inner, Prefix Outer)> Of(IEnumerable<Prefix> prefixes)
    {
        // Sorted so, whatever lies inside a prefix follows it, before anything that does not.
        var around = new Stack<Prefix>();
        foreach (var prefix in prefixes.OrderBy(prefix => prefix.Address.IsIpv4).ThenBy(prefix => prefix.Address)
            .ThenBy(prefix => prefix.Length))
        {
            while (around.TryPeek(out var outer) && !outer.Contains(prefix.Address))
                around.Pop();
            if (around.Count > 0)
                yield return (prefix, around.Peek());
            around.Push(prefix);
        }
    }
}
