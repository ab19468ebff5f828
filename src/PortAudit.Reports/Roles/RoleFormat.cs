namespace PortAudit.Reports.Roles;

/// <summary>The formats of <c>roles</c>, one row each.</summary>
/// <param name="Name">Name of the format.</param>
/// <param name="ShowsProposals">True when proposals can be written so.</param>
/// <param name="ShowsComparison">True when a comparison with a site can be written so.</param>
public sealed record RoleFormat(string Name, bool ShowsProposals, bool ShowsComparison)
{
    /// <summary>A site file.</summary>
    public static readonly RoleFormat Yaml = new("yaml", ShowsProposals: true, ShowsComparison: false);

    /// <summary>A JSON document.</summary>
    public static readonly RoleFormat Json = new("json", ShowsProposals: true, ShowsComparison: true);

    /// <summary>Text for a reader.</summary>
    public static readonly RoleFormat Text = new("text", ShowsProposals: true, ShowsComparison: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<RoleFormat> All = [Yaml, Json, Text];
}
