using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>Roles that every catalog and site may name without defining them.</summary>
public static class BuiltInRoles
{
    /// <summary>Any host, with a role or without.</summary>
    public const string Any = "any";

    /// <summary>An address in no host or network of the site that is publicly routable.</summary>
    public const string Internet = "internet";

    /// <summary>An address in no host or network of the site that is private.</summary>
    public const string UnknownInternal = "unknown-internal";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [Any, Internet, UnknownInternal];

    /// <summary>True for a built-in role.</summary>
    public static bool Contains(string role) => role is Any or Internet or UnknownInternal;
}
