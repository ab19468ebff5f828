using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Catalog;

namespace PortAudit.Cli.Input;

/// <summary>Names from the catalogs, for completion. Catalog errors are reported when the command is run.</summary>
/// <param name="rules">The option that names the directory of further catalogs.</param>
/// <param name="catalogs">The option that names the catalogs to read; null for all.</param>
internal sealed class CatalogCompletion(Option<string?> rules, Option<string[]>? catalogs = null)
{
    public IEnumerable<CompletionItem> Ids(CompletionContext context) => Items(CatalogLibrary.Ids(Rules(context), []));

    public IEnumerable<CompletionItem> Roles(CompletionContext context) =>
        Items(Load(context)?.Files.SelectMany(file => file.Roles).Select(role => role.Id).Concat(BuiltInRoles.All));

    public IEnumerable<CompletionItem> Entries(CompletionContext context) =>
        Items(Load(context) is { } set ? CatalogRows.All(set).Select(row => row.Id) : null);

    private CatalogSet? Load(CompletionContext context)
    {
        ImmutableArray<string> named =
            catalogs is null ? [] : [.. Texts(context, catalogs).Distinct(StringComparer.Ordinal)];
        return CatalogLibrary.Load(named.IsEmpty ? CatalogLibrary.Ids(Rules(context), []) : named, Rules(context), []);
    }

    private string? Rules(CompletionContext context) => Texts(context, rules).LastOrDefault();

    // The tokens, not the value: an unfinished line may be wrong elsewhere.
    private static IEnumerable<string> Texts(CompletionContext context, Option option) =>
        context.ParseResult.GetResult(option)?.Tokens.Select(token => token.Value) ?? [];

    private static IEnumerable<CompletionItem> Items(IEnumerable<string>? names) =>
        names?.Select(name => new CompletionItem(name)) ?? [];
}
