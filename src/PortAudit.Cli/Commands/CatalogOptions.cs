using System.CommandLine;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary>Options of the commands that read catalogs.</summary>
internal sealed class CatalogOptions
{
    /// <summary>Exit codes, for a description.</summary>
    public const string ExitCodes = "Exit codes: 0, 2 usage, catalog or site error, 70 internal error.";

    public CatalogOptions()
    {
        Names = new CatalogCompletion(Rules, Catalogs);
        Catalogs.CompletionSources.Add(Names.Ids);
    }

    public Option<string?> Rules { get; } = new("--rules")
    {
        Description =
        "Directory of catalogs that add to the built-in ones or replace them.",
        HelpName = "DIR"
    };

    public Option<string[]> Catalogs { get; } = new("--catalog")
    {
        Description = "Catalogs to read; may be repeated. All without it.",
        HelpName = "ID",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public CatalogCompletion Names { get; }

    /// <summary>Reads the catalogs, and logs what is wrong with them. Null when they cannot be used.</summary>
    public CatalogSet? Load(ParseResult parsed, DiagnosticLog log)
    {
        var rules = parsed.GetValue(Rules);
        var named = parsed.GetValue(Catalogs) ?? [];
        var ids = named.Length == 0 ? CatalogLibrary.Ids(rules, []) : [.. named.Distinct(StringComparer.Ordinal)];
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(ids, rules, diagnostics);
        foreach (var diagnostic in diagnostics)
            log.Write(diagnostic);
        return catalogs;
    }
}
