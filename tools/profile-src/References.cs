using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace PortAudit.Profile;

/// <summary>What a module refers to in others: assemblies, types and methods, each once.</summary>
/// <param name="metadata">The module's metadata.</param>
internal sealed class References(MetadataBuilder metadata)
{
    private static readonly Version AnyVersion = new(0, 0, 0, 0);

    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];
    private readonly Dictionary<(string Assembly, string Name), TypeReferenceHandle> _types = [];

    /// <summary>A reference to <paramref name="method"/>.</summary>
    public MemberReferenceHandle To(ProgramMethod method)
    {
        var definition = method.Definition;
        var signature = new BlobBuilder();
        new SignatureCopy(method.Metadata, method.Metadata.GetBlobReader(definition.Signature), this,
            signature).Method();
        var type = To(method.Assembly, TypeNames.Of(method.Metadata, definition.GetDeclaringType()));
        return metadata.AddMemberReference(type, metadata.GetOrAddString(method.Metadata.GetString(definition.Name)),
            metadata.GetOrAddBlob(signature));
    }

    /// <summary>A reference to a type of another assembly, with its full name as <see cref="TypeNames"/> writes
    /// it.</summary>
    public TypeReferenceHandle To(string assembly, string type)
    {
        if (_types.TryGetValue((assembly, type), out var known))
            return known;
        var nested = type.LastIndexOf('+');
        var dot = nested < 0 ? type.LastIndexOf('.') : -1;
        EntityHandle scope = nested < 0 ? ToAssembly(assembly) : To(assembly, type[..nested]);
        var space = dot < 0 ? default : metadata.GetOrAddString(type[..dot]);
        return _types[(assembly, type)] = metadata.AddTypeReference(scope, space,
            metadata.GetOrAddString(type[(Math.Max(nested, dot) + 1)..]));
    }

    /// <summary>A reference to the type that <paramref name="handle"/> means in <paramref name="source"/>.</summary>
    /// <exception cref="NotSupportedException">It is neither a type of that assembly nor one that it refers
    /// to.</exception>
    public TypeReferenceHandle To(MetadataReader source, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return To(source.GetString(source.GetAssemblyDefinition().Name),
                    TypeNames.Of(source, (TypeDefinitionHandle)handle));
            case HandleKind.TypeReference:
                var (name, assembly) = TypeNames.Of(source, (TypeReferenceHandle)handle);
                return To(assembly, name);
            default:
                throw new NotSupportedException($"a signature with a {handle.Kind}");
        }
    }

    private AssemblyReferenceHandle ToAssembly(string name)
    {
        if (!_assemblies.TryGetValue(name, out var known))
            _assemblies[name] = known = metadata.AddAssemblyReference(metadata.GetOrAddString(name), AnyVersion,
                default, default, default, default);
        return known;
    }
}
