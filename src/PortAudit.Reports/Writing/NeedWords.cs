using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Writing;

/// <summary>The names of <see cref="Need"/> in output, as catalogs write them.</summary>
internal static class NeedWords
{
    public static string ToText(Need need) => need switch
    {
        Need.Required => "required",
        Need.Conditional => "conditional",
        Need.Optional => "optional",
        Need.Informational => "informational",
    };
}
