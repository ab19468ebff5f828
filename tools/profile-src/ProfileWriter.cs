using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PortAudit.Profile;

/// <summary>
/// Writes a profile as .NET's compilers read it (.mibc): an assembly whose methods are never run, with the counts as
/// their code. <c>AssemblyDictionary</c> names, for each assembly, the method with its counts; there each counted
/// method is <c>ldtoken</c>, then what is told about it behind strings that say what it is, then <c>pop</c> (the
/// runtime's src/coreclr/tools/dotnet-pgo/dotnet-pgo-experiment.md and
/// src/coreclr/tools/aot/ILCompiler.ReadyToRun/IBC/MIbcProfileParser.cs).
/// </summary>
internal sealed class ProfileWriter
{
    /// <summary>Says that the length of the method's code follows: ours, so that it can be seen which profiles are of
    /// other code by now. Compilers skip what they do not know.</summary>
    public const string IlLengthMark = "IlLength";

    private const string CountsBegin = "InstrumentationDataStart";
    private const string CountsEnd = "InstrumentationDataEnd";
    private const int AllFieldsFollow = 0xF;
    private const int UnknownType = 1;
    private const int MaxStack = 8;

    private readonly MetadataBuilder _metadata = new();
    private readonly References _references;
    private readonly SortedDictionary<string, InstructionEncoder> _groups = new(StringComparer.Ordinal);

    /// <summary>A profile of no method.</summary>
    public ProfileWriter() => _references = new(_metadata);

    /// <summary>Adds what was counted in <paramref name="method"/>.</summary>
    public void Add(ProgramMethod method, MethodCounts counts)
    {
        if (!_groups.TryGetValue(method.Assembly, out var code))
            _groups[method.Assembly] = code = new(new BlobBuilder());
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(_references.To(method));
        Say(code, IlLengthMark);
        code.LoadConstantI4(method.IlLength);
        Say(code, CountsBegin);
        foreach (var counter in counts.Counts)
            Add(code, counter);
        Say(code, CountsEnd);
        code.OpCode(ILOpCode.Pop);
    }

    /// <summary>Writes the profile. The same counts give the same bytes.</summary>
    public void WriteTo(Stream output)
    {
        var bodies = new BlobBuilder();
        var encoder = new MethodBodyStreamEncoder(bodies);
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var (assembly, code) in _groups)
        {
            var method = AddMethod(encoder, $"Assemblies_{assembly}", code);
            Say(dictionary, $"{assembly};");
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(method);
            dictionary.OpCode(ILOpCode.Pop);
        }

        AddMethod(encoder, "AssemblyDictionary", dictionary);
        var name = _metadata.GetOrAddString("portaudit.mibc");
        _metadata.AddAssembly(name, new Version(0, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        _metadata.AddModule(0, name, _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), bodies,
            deterministicIdProvider: _ => default).Serialize(image);
        image.WriteContentTo(output);
    }

    private void Add(InstructionEncoder code, Counter counter)
    {
        if (counter.Types.IsEmpty)
        {
            AddRecord(code, CounterKind.Edge, 1, counter.Place);
            AddCount(code, counter);
        }
        else if (counter.Types.Any(type => type is not null))
        {
            AddRecord(code, CounterKind.Calls, 1, counter.Place);
            AddCount(code, counter);
            AddRecord(code, CounterKind.TypesOfCalls, counter.Types.Length, counter.Place);
            foreach (var type in counter.Types)
                AddType(code, type);
        }
    }

    private static void AddRecord(InstructionEncoder code, int kind, int values, CounterPlace place)
    {
        foreach (var field in (ReadOnlySpan<int>)[AllFieldsFollow, place.IlOffset, kind, values, place.Other])
            code.LoadConstantI4(field);
    }

    private static void AddCount(InstructionEncoder code, Counter counter) =>
        code.LoadConstantI4((int)Math.Min(counter.Count, int.MaxValue));

    private void AddType(InstructionEncoder code, string? name)
    {
        if (name is null)
            code.LoadConstantI4(0);
        else if (TypeName.TryParse(name, out var type) && type is { IsSimple: true, AssemblyName: { } assembly })
        {
            code.OpCode(ILOpCode.Ldtoken);
            code.Token(_references.To(assembly.Name, type.FullName));
        }
        else
            code.LoadConstantI4(UnknownType);
    }

    private MethodDefinitionHandle AddMethod(MethodBodyStreamEncoder bodies, string name, InstructionEncoder code)
    {
        code.OpCode(ILOpCode.Ret);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, result => result.Void(), _ => { });
        return _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL,
            _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature),
            bodies.AddMethodBody(code, MaxStack), MetadataTokens.ParameterHandle(1));
    }

    private void Say(InstructionEncoder code, string text) => code.LoadString(_metadata.GetOrAddUserString(text));
}
