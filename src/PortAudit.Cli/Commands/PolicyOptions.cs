using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
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

    /// <summary>Addresses of names that the files do not define.</summary>
    public Option<KnownAddresses?> Addresses { get; } = new("--addresses")
    {
        Description = "The addresses of a name that the file uses and does not define: a group, a keyword such as "
            + "LocalSubnet, a host name; addresses, networks and ranges, separated by commas. May be repeated.",
        HelpName = "NAME=ADDRESS[,ADDRESS]…",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
    };

    /// <summary>Reads a configuration, and logs why it cannot be. Null then.</summary>
    public Policy? Read(ParseResult parsed, string path, DiagnosticLog log)
    {
        var diagnostics = new List<Diagnostic>();
        var policy = PolicyReader.Read(path, parsed.GetValue(Format), Known(parsed), diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        return policy;
    }

    /// <summary>Warns of names of <c>--addresses</c> that no file uses.</summary>
    public void WarnOfUnused(ParseResult parsed, DiagnosticLog log)
    {
        foreach (var name in Known(parsed).Unused)
            log.Warning($"--addresses: no rule names {Spelling.Quote(name)}");
    }

    private KnownAddresses Known(ParseResult parsed) => parsed.GetValue(Addresses) ?? KnownAddresses.None;

    private static KnownAddresses Parse(ArgumentResult result)
    {
        var known = new List<KeyValuePair<string, IntervalSet<UInt128>>>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                result.AddError($"--addresses wants NAME=ADDRESS, not '{text}'.");
            foreach (var address in equals <= 0 ? [] : text[(equals + 1)..].Split(','))
            {
                if (AddressWords.TryParse(address, out var set))
                    known.Add(KeyValuePair.Create(text[..equals], set));
                else
                    result.AddError($"--addresses: '{address}' is no address, network or range.");
            }
        }

        return new KnownAddresses(known);
    }
}
