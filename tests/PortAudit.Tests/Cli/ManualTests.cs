using System.CommandLine;
using System.Text.RegularExpressions;
using PortAudit.Cli;
using PortAudit.Cli.Manual;
using PortAudit.Cli.Terminal;

namespace PortAudit.Tests.Cli;

/// <summary>The manual page.</summary>
public sealed class ManualTests
{
    [Fact]
    public void It_names_every_command_with_its_arguments_and_options()
    {
        var page = Page().Replace("\\-", "-", StringComparison.Ordinal);

        var environment = CommandEnvironment.OfProcess(CancellationToken.None);
        using var log = new DiagnosticLog(environment);
        var commands = Leaves(PortAuditCommand.Build([], environment, log), "portaudit").ToList();
        Assert.Contains(commands, command => command.Name == "portaudit catalog query");
        Assert.All(commands, command =>
        {
            var part = PartOf(page, command.Name);
            Assert.All(command.Command.Arguments,
                argument => Assert.Contains($"\\fB{argument.Name}\\fR", part, StringComparison.Ordinal));
            Assert.All(command.Command.Options,
                option => Assert.Matches($@"(?m)^\\fB(.+, )?{Regex.Escape(option.Name)}([, ].*)?\\fR$", part));
        });
    }

    [Fact]
    public void No_text_is_taken_for_a_request_or_set_as_another_sign()
    {
        using var output = new StringWriter();
        var writer = new RoffWriter(output);
        writer.Paragraph(".rules\n'all' C:\\a-b ~");

        Assert.Equal(".PP\n\\&.rules\n.br\n\\&\\(aqall\\(aq C:\\ea\\-b \\(ti\n", output.ToString());
    }

    [Fact]
    public void It_does_not_depend_on_the_machine() =>
        Assert.DoesNotContain($"Default: {Environment.ProcessorCount}.", Page(), StringComparison.Ordinal);

    private static string Page() => CommandRun.Of("man").Output;

    /// <summary>What the page says of a command, up to the next one.</summary>
    private static string PartOf(string page, string command)
    {
        var from = page.IndexOf($".SS \"{command}\"\n", StringComparison.Ordinal);
        Assert.True(from >= 0, $"the page does not have {command}");
        var to = page.IndexOf("\n.S", from + 1, StringComparison.Ordinal);
        return page[from..to];
    }

    private static IEnumerable<(string Name, Command Command)> Leaves(Command parent, string name) =>
        parent.Subcommands.SelectMany(command => command.Subcommands.Count > 0
            ? Leaves(command, $"{name} {command.Name}")
            : [($"{name} {command.Name}", command)]);
}
