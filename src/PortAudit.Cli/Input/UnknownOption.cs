using System.CommandLine;
using PortAudit.Audit.Yaml;

namespace PortAudit.Cli.Input;

/// <summary>An argument that looks like an option and is none.</summary>
internal static class UnknownOption
{
    /// <summary>What to say of it, with the option that was probably meant.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="command">The command that got it.</param>
    /// <param name="isFile">True where it may be the name of a file.</param>
    public static string Text(string name, Command command, bool isFile)
    {
        var known = command.Options.Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Prepend(option.Name));
        var file = $"{Spelling.Quote($"./{name}")} for a file of that name.";
        var what = $"Unrecognized option {Spelling.Quote(name)}";
        return (Spelling.Nearest(name.Split('=')[0], known), isFile) switch
        {
            (null, false) => $"{what}.",
            (null, true) => $"{what}; write {file}",
            ({ } meant, false) => $"{what}; did you mean {Spelling.Quote(meant)}?",
            ({ } meant, true) => $"{what}; did you mean {Spelling.Quote(meant)}? Write {file}",
        };
    }
}
