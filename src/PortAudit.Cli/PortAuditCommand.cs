using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Commands;
using PortAudit.Cli.Completion;
using PortAudit.Cli.Input;
using PortAudit.Cli.Manual;
using PortAudit.Cli.Terminal;
using PortAudit.Cli.Watch;
using PortAudit.Reports.Baseline;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Cli;

/// <summary>The command <c>portaudit</c>: its subcommands, and what wrong usage leads to.</summary>
internal static class PortAuditCommand
{
    /// <summary>The subcommands, in the order in which help shows them. To add one, add a row.</summary>
    private static readonly Subcommand[] Subcommands =
    [
        new("audit", (environment, log) => new AuditCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("flows", (environment, log) => new FlowsCommand(environment, log).Build()),
        new("learn", (environment, log) => new LearnCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("accept", (environment, log) => new AcceptCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("forget", (environment, log) => new ForgetCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("roles", (environment, log) => new RolesCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("compare", (environment, log) => new CompareCommand(environment, log).Build()),
        new("packets", (environment, log) => new PacketsCommand(environment, log).Build()),
        new("merge", (environment, log) => new MergeCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("store", (environment, log) => new StoreCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("policy", (environment, log) => new PolicyCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("catalog", (environment, log) => new CatalogCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("watch", (environment, log) => new WatchCommand(environment, log).Build(), NeedsOpenSsl: true),
        new("interfaces", (environment, log) => new InterfacesCommand(environment, log).Build()),
        new("doctor", (environment, _) => new DoctorCommand(environment).Build()),
        new("completion", (environment, _) => new CompletionCommand(environment).Build()),
        new("help", (environment, log) => new HelpCommand(environment, log, () => Build([], environment, log)).Build()),
        new("man", (environment, log) => new ManualCommand(environment, () => Build([], environment, log)).Build()),
    ];

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>An <see cref="ExitCode"/> as a number.</returns>
    public static int Run(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        using var log = new DiagnosticLog(environment);
        try
        {
            return Run(args, environment, log);
        }
        catch (StandardOutputException failure)
        {
            log.Error(StandardOutput.FailureText(failure));
            return (int)ExitCode.Usage;
        }
    }

    private static int Run(IReadOnlyList<string> args, CommandEnvironment environment, DiagnosticLog log)
    {
        var line = CompletionLine.TryRead(args);
        var parsed = Parse(line?.Words ?? args, environment, log);
        var needy = WithoutOpenSsl(parsed);
        if (line is not null)
        {
            if (needy is not null)
                return (int)ExitCode.Success;
            foreach (var suggestion in Suggestions.Of(parsed, line.Word))
                environment.Output.Write($"{suggestion}\n");
            environment.Output.Flush();
            return (int)ExitCode.Success;
        }

        if (needy is not null && parsed.Action is not (ParseErrorAction or HelpAction))
        {
            log.Error($"{needy} {OpenSslLibrary.Need}");
            return (int)ExitCode.Usage;
        }

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

    /// <summary>The command, if it cannot run without digests, which reports and saved states need. Null when it
    /// can.</summary>
    private static string? WithoutOpenSsl(ParseResult parsed)
    {
        var name = Names(parsed.CommandResult).LastOrDefault();
        return Array.Exists(Subcommands, row => row.NeedsOpenSsl && row.Name == name) && OpenSslLibrary.IsMissing
            ? name
            : null;
    }

    private static ParseResult Parse(IReadOnlyList<string> args, CommandEnvironment environment, DiagnosticLog log) =>
        Build(args, environment, log).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>The command with the subcommand that the command line names, or with all if it names none: making all
    /// takes longer than reading a small capture.</summary>
    internal static RootCommand Build(IReadOnlyList<string> args, CommandEnvironment environment, DiagnosticLog log)
    {
        var root = new RootCommand("Audits captured network traffic against the documented ports of a deployment. "
            + "Example: 'portaudit audit captures/lync-edge --site captures/lync-edge/site.yaml'.");
        root.Directives.Clear();
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        var named = args.Count == 0 ? [] : Array.FindAll(Subcommands, row => row.Name == args[0]);
        foreach (var row in named is [] ? Subcommands : named)
            root.Add(row.Build(environment, log));
        OptionRules.AddTo(root);
        return root;
    }

    /// <summary>Wrong usage: what is wrong, one line each, and where help is.</summary>
    private static int Refuse(ParseResult parsed, DiagnosticLog log)
    {
        foreach (var message in Messages(parsed).Distinct(StringComparer.Ordinal))
            log.Error(string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        log.Error($"see '{string.Join(' ', Names(parsed.CommandResult).Reverse().Prepend(AuditRun.ToolName))} --help'");
        return (int)ExitCode.Usage;
    }

    /// <summary>What is wrong. After an unknown command only that is reported.</summary>
    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        if (parsed is { CommandResult.Command.Subcommands: { Count: > 0 } commands, UnmatchedTokens: [var name, ..] }
            && !name.StartsWith('-'))
            return [
                $"unknown command '{name}'; {Spelling.Suggest(name, [.. commands.Select(command => command.Name)])}"];
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        return parsed.Errors
            .Where(error => !unknown.Exists(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Select(error => error.Message)
            .Concat(unknown.Select(token =>
                UnknownOption.Text(token, parsed.CommandResult.Command, isFile: false)));
    }

    /// <summary>The names of a command and of those that it stands below, inside out; the program's own is not among
    /// them.</summary>
    private static IEnumerable<string> Names(CommandResult command)
    {
        for (var next = command; next is { Command: not RootCommand }; next = next.Parent as CommandResult)
            yield return next.Command.Name;
    }

    /// <param name="Name">The name that its command has.</param>
    /// <param name="Build">Makes it.</param>
    /// <param name="NeedsOpenSsl">True when it needs digests whatever it is asked for.</param>
    private sealed record Subcommand(string Name, Func<CommandEnvironment, DiagnosticLog, Command> Build,
        bool NeedsOpenSsl = false);

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"{AuditRun.ToolName} {ProgramVersion.Text}");
            return (int)ExitCode.Success;
        }
    }
}
