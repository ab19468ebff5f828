using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Coverage;

/// <summary>Roles as they stand in sentences.</summary>
internal static class RoleText
{
    /// <summary>The role, or "any host" for the built-in one that stands for all.</summary>
    public static string Of(string role) => role == BuiltInRoles.Any ? "any host" : role;
}
