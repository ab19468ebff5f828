using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Catalog;

namespace PortAudit.Cli.Input;

/// <summary>Names out of the catalogs, for options and arguments to complete to. What is wrong with a catalog is told
/// when the command is run.</summary>
/// <param name="rules">The option that names the directory of further catalogs.</param>
/// <param name="catalogs">The option that names the catalogs to read; null for all.</param>
internal sealed class CatalogCompletion(Option<string?> rules, Option<string[]>? catalogs = null)
{
    /// <summary>Identifiers of catalogs.</summary>
    public IEnumerable<CompletionItem> Ids(CompletionContext context) => Items(CatalogLibrary.Ids(Rules(context), []));

    /// <summary>Identifiers of roles.</summary>
    public IEnumerable<CompletionItem> Roles(CompletionContext context) =>
        Items(Load(context)?.Files.SelectMany(file => file.Roles).Select(role => role.Id).Concat(BuiltInRoles.All));

    /// <summary>Identifiers of all entries.</summary>
    public IEnumerable<CompletionItem> Entries(CompletionContext context) =>
        Items(Load(context) is { } set ? CatalogRows.All(set).Select(row => row.Id) : null);

    private CatalogSet? Load(CompletionContext context)
    {
        ImmutableArray<string> named =
            catalogs is null ? [] : [.. Texts(context, catalogs).Distinct(StringComparer.Ordinal)];
        return CatalogLibrary.Load(named.IsEmpty ? CatalogLibrary.Ids(Rules(context), []) : named, Rules(context), []);
    }

    private string? Rules(CompletionContext context) => Texts(context, rules).LastOrDefault();

    // The tokens, not the value: a line that is being written may be wrong in other places.
    private static IEnumerable<string> Texts(CompletionContext context, Option option) =>
        context.ParseResult.GetResult(option)?.Tokens.Select(token => token.Value) ?? [];

    private static IEnumerable<CompletionItem> Items(IEnumerable<string>? names) =>
        names?.Select(name => new CompletionItem(name)) ?? [];
}
