using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PortAudit.Profile;

/// <summary>The methods of a program's own assemblies that are no generic ones, by full name.</summary>
internal sealed class ProgramMethods : IDisposable
{
    private readonly List<PEReader> _files = [];
    private readonly ILookup<string, ProgramMethod> _methods;

    private ProgramMethods(IEnumerable<string> paths)
    {
        foreach (var path in paths)
            _files.Add(new PEReader(File.OpenRead(path)));
        _methods = _files.SelectMany(MethodsOf).ToLookup(method => method.Name);
    }

    /// <summary>Those of the assemblies in <paramref name="folder"/> whose file names begin with "portaudit", in any
    /// case.</summary>
    public static ProgramMethods In(string folder) =>
        new(Directory.EnumerateFiles(folder, "*.dll")
            .Where(path => Path.GetFileName(path).StartsWith("portaudit", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal));

    /// <summary>All of them.</summary>
    public IEnumerable<ProgramMethod> All => _methods.SelectMany(methods => methods);

    /// <summary>The method of this name whose code has this length, in bytes; null where there is none, or more than
    /// one.</summary>
    public ProgramMethod? Find(string name, int ilLength) =>
        _methods[name].Where(method => method.IlLength == ilLength).ToList() is [var only] ? only : null;

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static IEnumerable<ProgramMethod> MethodsOf(PEReader file)
    {
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            var type = metadata.GetTypeDefinition(method.GetDeclaringType());
            if (method.RelativeVirtualAddress != 0
                && method.GetGenericParameters().Count + type.GetGenericParameters().Count == 0)
                yield return new(metadata, method,
                    file.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length);
        }
    }
}
