using PortAudit.Audit.Site;

namespace PortAudit.Audit;

/// <summary>The site that was proposed from the captures, as none was given.</summary>
/// <param name="Hosts">Number of its hosts.</param>
/// <param name="Networks">Number of its networks.</param>
/// <param name="IsSaved">True when it was written to <see cref="AuditReport.SiteFile"/>.</param>
public sealed record ProposedSite(int Hosts, int Networks, bool IsSaved)
{
    internal static ProposedSite? Of(SiteFile site) => site.IsProposed
        ? new ProposedSite(site.Hosts.Length, site.Networks.Length, site.File != SiteLoader.ProposedName)
        : null;
}
