namespace PortAudit.Reports.Roles;

/// <summary>The formats of <c>roles</c>, one row each.</summary>
/// <param name="Name">Name of the format.</param>
/// <param name="ShowsComparison">True when a comparison with a site can be written so.</param>
public sealed record RoleFormat(string Name, bool ShowsComparison)
{
    /// <summary>A site file.</summary>
    public static readonly RoleFormat Yaml = new("yaml", ShowsComparison: false);

    /// <summary>A JSON document.</summary>
    public static readonly RoleFormat Json = new("json", ShowsComparison: true);

    /// <summary>Text for a reader.</summary>
    public static readonly RoleFormat Text = new("text", ShowsComparison: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<RoleFormat> All = [Yaml, Json, Text];
}
