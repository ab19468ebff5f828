using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using PortAudit.Cli.Watch;
using PortAudit.Reports;

namespace PortAudit.Cli;

/// <summary>The command <c>portaudit</c>: its subcommands, and what wrong usage leads to.</summary>
internal static class PortAuditCommand
{
    /// <summary>Version of the program, without the revision it was built from: the same sources give the same reports.</summary>
    public static string Version { get; } =
        typeof(PortAuditCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>An <see cref="ExitCode"/> as a number.</returns>
    public static int Run(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        using var log = new DiagnosticLog(environment);
        var parsed = Build(environment, log).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var code = parsed.Action is ParseErrorAction ? Refuse(parsed, log) : parsed.Invoke(new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        environment.Output.Flush();
        return code;
    }

    private static RootCommand Build(CommandEnvironment environment, DiagnosticLog log)
    {
        var root = new RootCommand("Audits captured network traffic against the documented ports of a deployment.");
        root.Directives.Clear();
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.Add(new AuditCommand(environment, log).Build());
        root.Add(new FlowsCommand(environment, log).Build());
        root.Add(new RolesCommand(environment, log).Build());
        root.Add(new CatalogCommand(environment, log).Build());
        root.Add(new WatchCommand(environment, log).Build());
        root.Add(new InterfacesCommand(environment, log).Build());
        root.Add(new DoctorCommand(environment).Build());
        return root;
    }

    /// <summary>Wrong usage: what is wrong, one line each, and where help is.</summary>
    private static int Refuse(ParseResult parsed, DiagnosticLog log)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            log.Error(string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        log.Error($"see '{string.Join(' ', Names(parsed.CommandResult).Reverse().Prepend(AuditRun.ToolName))} --help'");
        return (int)ExitCode.Usage;
    }

    /// <summary>The names of a command and of those that it stands below, inside out; the program's own is not among them.</summary>
    private static IEnumerable<string> Names(CommandResult command)
    {
        for (var next = command; next is { Command: not RootCommand }; next = next.Parent as CommandResult)
            yield return next.Command.Name;
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"{AuditRun.ToolName} {Version}");
            return (int)ExitCode.Success;
        }
    }
}
