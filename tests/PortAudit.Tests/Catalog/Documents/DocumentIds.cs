namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Identifiers of the five documents in <c>rules/sources.yaml</c>.</summary>
internal static class DocumentIds
{
    public const string Lync = "express-for-lync";

    public const string Unity = "cisco-unity-5";

    public const string Mobile = "kb-294297";

    public const string Windows = "kb-832017";

    public const string Federation = "lync-federation-planning";
}
