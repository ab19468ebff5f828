namespace PortAudit.Audit.Catalog;

/// <summary>The kinds of entries of a catalog.</summary>
public enum EntryKind
{
    /// <summary>A <see cref="Catalog.Role"/>.</summary>
    Role,

    /// <summary>A <see cref="Catalog.Condition"/>.</summary>
    Condition,

    /// <summary>A <see cref="Catalog.Parameter"/>.</summary>
    Parameter,

    /// <summary>A <see cref="Catalog.Rule"/>.</summary>
    Rule,

    /// <summary>A <see cref="Catalog.Caution"/>.</summary>
    Caution,

    /// <summary>A piece of <see cref="Catalog.Advice"/>.</summary>
    Advice,

    /// <summary>A <see cref="Catalog.Dependency"/>.</summary>
    Dependency,
}

/// <summary>How an <see cref="EntryKind"/> is written.</summary>
public static class EntryKinds
{
    /// <summary>The word for an entry of this kind.</summary>
    public static string ToText(this EntryKind kind) => kind switch
    {
        EntryKind.Role => "role",
        EntryKind.Condition => "condition",
        EntryKind.Parameter => "parameter",
        EntryKind.Rule => "rule",
        EntryKind.Caution => "caution",
        EntryKind.Advice => "advice",
        EntryKind.Dependency => "dependency",
    };
}
