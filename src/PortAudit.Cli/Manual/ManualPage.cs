using System.CommandLine;
using System.CommandLine.Completions;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Manual;

/// <summary>The manual page: every command with its arguments and options as in help, and general sections.</summary>
/// <remarks>The page is the same on every machine, so a default that depends on the machine is not shown.</remarks>
internal static class ManualPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="program">The program's command with all its subcommands.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(RootCommand program, TextWriter output)
    {
        var page = new RoffWriter(output);
        page.Title(AuditRun.ToolName, $"{AuditRun.ToolName} {ProgramVersion.Text}");
        page.Section("NAME");
        // Indexes of manual pages are made of this line, and part it at " \-".
        page.Paragraph($"{AuditRun.ToolName} - compare network captures with the documented ports of a deployment");
        page.Section("SYNOPSIS");
        foreach (var command in Commands(program, AuditRun.ToolName))
            page.Paragraph(Synopsis(command));
        page.Section("DESCRIPTION");
        page.Paragraph(program.Description!);
        page.Paragraph("It reads captures or live interfaces, compares each flow with the port lists of vendors and "
            + "with the rules of a site file, and reports traffic that no rule allows and required traffic that did "
            + "not pass. Every finding names the rule, the document that the rule comes from, and the frames that "
            + "prove it.");
        page.Section("COMMANDS");
        foreach (var command in Commands(program, AuditRun.ToolName))
            WriteCommand(page, command);
        page.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCodeText.All)
            page.Definition($"{(int)code}", meaning);
        page.Paragraph(ExitCodeText.Precedence);
        page.Section("EXAMPLES");
        page.Paragraph("Audit a capture, and keep the site file that was proposed for it:");
        page.Example("portaudit audit inside.pcap --save-site site.yaml");
        page.Paragraph("Audit both sides of a firewall by a corrected site file, and write a page to read:");
        page.Example("portaudit audit inside.pcap outside.pcap --site site.yaml --report audit.html");
        page.Section("SEE ALSO");
        page.Paragraph("tcpdump(1), tshark(1), pcap-filter(7)");
    }

    /// <summary>The commands that do something, each with its whole name: those without subcommands.</summary>
    private static IEnumerable<(string Name, Command Command)> Commands(Command parent, string name) =>
        parent.Subcommands.SelectMany(command => command.Subcommands.Count > 0
            ? Commands(command, $"{name} {command.Name}")
            : [($"{name} {command.Name}", command)]);

    private static string Synopsis((string Name, Command Command) command)
    {
        var arguments = command.Command.Arguments.Select(argument => ArgumentText(argument));
        var required = command.Command.Options.Where(option => option is { Required: true, Hidden: false })
            .Select(option => $"{option.Name} {ValueText(option)}");
        string[] options = command.Command.Options.Any(option => !option.Hidden) ? ["[OPTION...]"] : [];
        return string.Join(' ', [command.Name, .. required, .. arguments, .. options]);
    }

    private static string ArgumentText(Argument argument)
    {
        var text = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{text}]" : text;
    }

    private static void WriteCommand(RoffWriter page, (string Name, Command Command) command)
    {
        page.Subsection(command.Name);
        page.Paragraph(command.Command.Description!);
        foreach (var argument in command.Command.Arguments)
            page.Definition(argument.Name, argument.Description!);
        foreach (var option in command.Command.Options.Where(option => !option.Hidden))
            page.Definition(OptionText(option), Described(option));
    }

    private static string OptionText(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal));
        return ValueText(option) is { Length: > 0 } value ? $"{names} {value}" : names;
    }

    /// <summary>What stands for the option's value: its name, or the values that it may have.</summary>
    private static string ValueText(Option option)
    {
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool))
            return "";
        return option.HelpName
            ?? string.Join('|', option.GetCompletions(CompletionContext.Empty).Select(value => value.Label));
    }

    private static string Described(Option option)
    {
        var text = option.Description ?? "";
        var isShown = !option.HasDefaultValue || option.ValueType == typeof(bool)
            || text.Contains("Default:", StringComparison.Ordinal);
        return isShown ? text : $"{text} Default: {option.GetDefaultValue()}.";
    }
}
