using System.CommandLine;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary>Options of the commands that read configurations of firewalls.</summary>
internal sealed class PolicyOptions
{
    /// <summary>Lets the formats be completed.</summary>
    public PolicyOptions()
    {
        string[] names = [.. PolicyFormat.All.Select(format => format.Name)];
        Format.CompletionSources.Add(names);
        Format.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && !names.Contains(name, StringComparer.Ordinal))
                result.AddError($"'{name}' is no format of configurations; known: {string.Join(", ", names)}.");
        });
    }

    /// <summary>The format of the files.</summary>
    public Option<string?> Format { get; } = new("--format")
    {
        Description = $"Format of the files: {string.Join(", ", PolicyFormat.All.Select(format => format.Name))}. "
            + "Without it, it is told by what the file holds.",
        HelpName = "NAME",
    };

    /// <summary>Reads a configuration, and logs why it cannot be. Null then.</summary>
    public Policy? Read(ParseResult parsed, string path, DiagnosticLog log)
    {
        var diagnostics = new List<Diagnostic>();
        var policy = PolicyReader.Read(path, parsed.GetValue(Format), diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        return policy;
    }
}
