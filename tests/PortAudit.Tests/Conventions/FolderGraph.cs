using Mono.Cecil;
using Mono.Cecil.Cil;

namespace PortAudit.Tests.Conventions;

/// <summary>
/// Which folders of an assembly use which, read from its compiled types: base types, members, attributes and the code
/// of methods. Constants leave no trace in compiled code and are not seen.
/// </summary>
internal sealed class FolderGraph
{
    private static readonly Dictionary<string, FolderGraph> Known = new(StringComparer.Ordinal);

    private readonly string _root;
    private readonly Dictionary<(string From, string To), FolderUse> _uses = [];
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);

    private FolderGraph(string path, string root)
    {
        _root = root;
        using var module = ModuleDefinition.ReadModule(path);
        foreach (var type in module.Types.Where(type => FolderOf(type) is not null))
        {
            _folders.Add(FolderOf(type)!);
            Add(type, type);
        }
    }

    /// <summary>The folders with at least one type, parted by dots; a dot alone is the project's own folder.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>One row for each folder that uses another, with one pair of types as the example.</summary>
    public IReadOnlyCollection<FolderUse> Uses => _uses.Values;

    /// <summary>The graph of one of the product's assemblies.</summary>
    public static FolderGraph Of(string assembly)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(assembly, out var graph))
            {
                var root = assembly switch
                {
                    "portaudit" => "PortAudit.Cli",
                    "portaudit-learn" => "PortAudit.Learning",
                    _ => assembly,
                };
                Known[assembly] =
                    graph = new FolderGraph(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), root);
            }

            return graph;
        }
    }

    /// <summary>Groups of folders that reach each other, one sentence each (Tarjan's strongly connected
    /// components).</summary>
    public IEnumerable<string> Circles()
    {
        var reach = _folders.ToDictionary(folder => folder, Reachable, StringComparer.Ordinal);
        return _folders
            .Where(folder => reach[folder].Contains(folder))
            .Select(folder => string.Join(" <-> ",
                reach[folder].Where(other => reach[other].Contains(folder)).Order(StringComparer.Ordinal)))
            .Distinct(StringComparer.Ordinal);
    }

    private HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out var next))
        {
            foreach (var (from, to) in _uses.Keys)
            {
                if (from == next && reached.Add(to))
                    waiting.Push(to);
            }
        }

        return reached;
    }

    private void Add(TypeDefinition type, TypeDefinition owner)
    {
        Add(owner, type.BaseType);
        AddAll(owner, type.Interfaces.Select(row => row.InterfaceType));
        AddAttributes(owner, type);
        AddConstraints(owner, type);
        AddAll(owner, type.Fields.Select(field => field.FieldType));
        foreach (var field in type.Fields)
            AddAttributes(owner, field);
        foreach (var property in type.Properties)
            AddAttributes(owner, property);
        foreach (var method in type.Methods)
            Add(owner, method);
        foreach (var nested in type.NestedTypes)
            Add(nested, owner);
    }

    private void Add(TypeDefinition owner, MethodDefinition method)
    {
        Add(owner, method.ReturnType);
        AddAll(owner, method.Parameters.Select(parameter => parameter.ParameterType));
        AddAttributes(owner, method);
        AddConstraints(owner, method);
        if (!method.HasBody)
            return;
        AddAll(owner, method.Body.Variables.Select(variable => variable.VariableType));
        foreach (var instruction in method.Body.Instructions)
            Add(owner, instruction);
    }

    private void Add(TypeDefinition owner, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(owner, type);
                break;
            case MethodReference method:
                Add(owner, method.DeclaringType);
                Add(owner, method.ReturnType);
                AddAll(owner, method.Parameters.Select(parameter => parameter.ParameterType));
                if (method is GenericInstanceMethod generic)
                    AddAll(owner, generic.GenericArguments);
                break;
            case FieldReference field:
                Add(owner, field.DeclaringType);
                Add(owner, field.FieldType);
                break;
        }
    }

    private void AddAttributes(TypeDefinition owner, ICustomAttributeProvider provider) =>
        AddAll(owner, provider.CustomAttributes.Select(attribute => attribute.AttributeType));

    private void AddConstraints(TypeDefinition owner, IGenericParameterProvider provider) =>
        AddAll(owner, provider.GenericParameters.SelectMany(parameter => parameter.Constraints)
            .Select(row => row.ConstraintType));

    private void AddAll(TypeDefinition owner, IEnumerable<TypeReference> types)
    {
        foreach (var type in types)
            Add(owner, type);
    }

    private void Add(TypeDefinition owner, TypeReference? type)
    {
        if (type is GenericInstanceType generic)
            AddAll(owner, generic.GenericArguments);
        while (type is TypeSpecification specification)
            type = specification.ElementType;
        while (type?.DeclaringType is { } outer)
            type = outer;
        if (type is null || type.Scope is AssemblyNameReference || FolderOf(type) is not { } to)
            return;
        var from = FolderOf(owner)!;
        if (from != to)
            _uses.TryAdd((from, to), new FolderUse(from, to, owner.Name, type.Name));
    }

    /// <summary>The folder of a type; null for what the compiler made, and for other assemblies' types.</summary>
    private string? FolderOf(TypeReference type)
    {
        if (type.Namespace == _root)
            return ".";
        return type.Namespace.StartsWith($"{_root}.", StringComparison.Ordinal)
            ? type.Namespace[(_root.Length + 1)..]
            : null;
    }
}

/// <summary>A folder that uses another.</summary>
/// <param name="From">The folder that uses.</param>
/// <param name="To">The folder that is used.</param>
/// <param name="User">A type that uses, as an example.</param>
/// <param name="Used">The type that it uses.</param>
internal sealed record FolderUse(string From, string To, string User, string Used);
