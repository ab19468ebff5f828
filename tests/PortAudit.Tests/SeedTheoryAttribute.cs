namespace PortAudit.Tests;

/// <summary>A theory over the texts of the documents that catalogs cite.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeedTheoryAttribute : TheoryAttribute
{
    public SeedTheoryAttribute() => Skip = MissingPart.Seeds;
}
