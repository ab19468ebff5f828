using System.Reflection.Metadata;

namespace PortAudit.Profile;

/// <summary>A method as an assembly defines it.</summary>
/// <param name="Metadata">The assembly's metadata.</param>
/// <param name="Definition">The method in it.</param>
/// <param name="IlLength">Length of its intermediate code, in bytes.</param>
internal sealed record ProgramMethod(MetadataReader Metadata, MethodDefinition Definition, int IlLength)
{
    /// <summary>Full name of its type, nested ones behind "+", and its own behind ".".</summary>
    public string Name =>
        $"{TypeNames.Of(Metadata, Definition.GetDeclaringType())}.{Metadata.GetString(Definition.Name)}";

    /// <summary>Simple name of the assembly.</summary>
    public string Assembly => Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
}
