using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

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
}
