using System.Collections.Frozen;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Matching;

/// <summary>The conditions of an audit as the site sets them, else by the catalogs' defaults.</summary>
internal sealed class Switches
{
    private readonly FrozenSet<string> _on;

    /// <summary>Sets every switch; without a site by the defaults.</summary>
    public Switches(CatalogSet catalogs, SiteFile? site)
    {
        var conditions = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var condition in catalogs.Files.SelectMany(file => file.Conditions))
            conditions.TryAdd(condition.Id, condition.Default);
        foreach (var (id, isOn) in site?.Conditions ?? [])
            conditions[id] = isOn;
        _on = conditions.Where(condition => condition.Value).Select(condition => condition.Key)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public bool IsOn(string condition) => _on.Contains(condition);
}
