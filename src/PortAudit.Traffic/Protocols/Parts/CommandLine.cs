namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A command of a text protocol: a word and its argument after a space.</summary>
internal readonly ref struct CommandLine
{
    /// <summary>Views a line without its end.</summary>
    public CommandLine(ReadOnlySpan<byte> line)
    {
        var rest = line;
        Verb = Words.Take(ref rest);
        HasArgument = !rest.IsEmpty;
        Argument = rest.TrimEnd((byte)' ');
    }

    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>The argument; empty without one.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    public bool HasArgument { get; }

    /// <summary>True when the command is this word, ignoring case.</summary>
    public bool Is(ReadOnlySpan<byte> verb) => Words.Same(Verb, verb);

    /// <summary>True when the command is this word without an argument.</summary>
    public bool IsBare(ReadOnlySpan<byte> verb) => !HasArgument && Is(verb);
}
