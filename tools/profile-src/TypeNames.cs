using System.Reflection.Metadata;

namespace PortAudit.Profile;

/// <summary>Full names of types as reflection writes them: the namespace before ".", types that it is nested in before
/// "+".</summary>
internal static class TypeNames
{
    /// <summary>The name of a type that an assembly defines.</summary>
    public static string Of(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Of(metadata, outer)}+{name}"
            : Qualified(metadata.GetString(type.Namespace), name);
    }

    /// <summary>The name of a type that an assembly refers to, and the assembly that it is in.</summary>
    public static (string Name, string Assembly) Of(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind != HandleKind.TypeReference)
            return (Qualified(metadata.GetString(type.Namespace), name),
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name));
        var (outer, assembly) = Of(metadata, (TypeReferenceHandle)type.ResolutionScope);
        return ($"{outer}+{name}", assembly);
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
