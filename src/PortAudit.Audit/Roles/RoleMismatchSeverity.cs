using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;

namespace PortAudit.Audit.Roles;

/// <summary>How much it matters that a host behaves like a role that the site does not give it.</summary>
public static class RoleMismatchSeverity
{
    /// <summary>Medium where behaviour is certain, low where it is likely: an inventory that is wrong makes other
    /// findings wrong.</summary>
    public static Severity Of(RoleFound role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.Confidence switch
        {
            Confidence.High => Severity.Medium,
            Confidence.Medium => Severity.Low,
            Confidence.Low => Severity.Info,
        };
    }
}
