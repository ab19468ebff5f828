using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The rules of a firewall, and where it stands.</summary>
/// <param name="Name">Name of the firewall, unique in an audit.</param>
/// <param name="Policy">Its rules.</param>
/// <param name="Site">What site or command line say of it.</param>
public sealed record BoundPolicy(string Name, Policy Policy, SitePolicy Site)
{
    /// <summary>The rules of a firewall that site or command line name; without a name it has that of its
    /// configuration.</summary>
    public static BoundPolicy Of(SitePolicy site, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(policy);
        return new BoundPolicy(site.Name.Length > 0 ? site.Name : policy.Name, policy, site);
    }

    /// <summary>Reads the rules of a firewall that site or command line name.</summary>
    /// <param name="entry">What they say of it.</param>
    /// <param name="site">The site.</param>
    /// <param name="catalogs">Its catalogs.</param>
    /// <param name="diagnostics">Receives why the file cannot be read, and names that its rules do not use.</param>
    /// <returns>The rules; null when a diagnostic is an error.</returns>
    public static BoundPolicy? Read(SitePolicy entry, SiteFile site, CatalogSet catalogs,
        ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var parties = new PartyAddresses(site, new RoleTree(catalogs));
        var known = new KnownAddresses(entry.Addresses.Select(named =>
            KeyValuePair.Create(named.Key, parties.Of(named.Value))));
        if (PolicyReader.Read(entry.File, entry.Format, known, diagnostics) is not { } policy)
            return null;
        if (entry.Host is null && IsOfHost(policy))
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, entry.File, 0, 0,
                "its rules are about what one host receives and sends, so that nothing that passes meets them",
                "name the host: 'host:' of the policy in the site, or --policy HOST=FILE"));
        foreach (var name in known.Unused)
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, site.File, 0, 0,
                $"no rule of {entry.File} names the addresses {Spelling.Quote(name)}"));
        return Of(entry, policy);
    }

    private static bool IsOfHost(Policy policy)
    {
        var bindings = policy.Lists.SelectMany(list => list.Bindings).ToList();
        return bindings.Count > 0 && bindings.All(binding => binding.Hook != PolicyHook.Forward);
    }
}
