namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A command of a text protocol: a word, and what stands behind the space after it.</summary>
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

    /// <summary>The word.</summary>
    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>The rest, empty when there is none.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>True when something follows the word.</summary>
    public bool HasArgument { get; }

    /// <summary>True when the command is this word, in either case.</summary>
    public bool Is(ReadOnlySpan<byte> verb) => Words.Same(Verb, verb);

    /// <summary>True when the command is this word with nothing behind it.</summary>
    public bool IsBare(ReadOnlySpan<byte> verb) => !HasArgument && Is(verb);
}
