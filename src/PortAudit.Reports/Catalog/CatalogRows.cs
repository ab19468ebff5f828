using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Makes rows of the entries of catalogs.</summary>
public static class CatalogRows
{
    /// <summary>All entries: catalog by catalog, in each roles, conditions, parameters, rules, cautions, advice,
    /// dependencies, in the order of the file.</summary>
    public static ImmutableArray<CatalogRow> All(CatalogSet catalogs)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        var defaults = new Dictionary<string, ImmutableArray<PortRange>>(StringComparer.Ordinal);
        foreach (var parameter in catalogs.Files.SelectMany(file => file.Parameters))
            defaults.TryAdd(parameter.Id, parameter.Default);
        return [.. catalogs.Files.SelectMany(file => Of(file, defaults))];
    }

    /// <summary>Rules that answer a question.</summary>
    public static ImmutableArray<CatalogRow> Of(ImmutableArray<AnsweringRule> answers) =>
        [.. answers.Select(answer => Of(answer.Rule, answer.Ports) with { WhyOff = answer.WhyOff ?? "" })];

    /// <summary>How the flow of a rule comes about, as <see cref="CatalogRow.Via"/>.</summary>
    internal static string Via(Rule rule) =>
        rule.AnnouncedBy.IsEmpty ? "direct" : $"announced-by: {string.Join(' ', rule.AnnouncedBy)}";

    private static IEnumerable<CatalogRow> Of(CatalogFile file,
        Dictionary<string, ImmutableArray<PortRange>> defaults) =>
    [
        .. file.Roles.Select(role => Of(role, file.Id)),
        .. file.Conditions.Select(condition => Of(condition, file.Id)),
        .. file.Parameters.Select(parameter => Of(parameter, file.Id)),
        .. file.Rules.Select(rule =>
            Of(rule, rule.PortParameter is { } parameter ? defaults.GetValueOrDefault(parameter, []) : rule.Ports)),
        .. file.Cautions.Select(caution => Of(caution, file.Id)),
        .. file.Advice.Select(advice => Of(advice, file.Id)),
        .. file.Dependencies.Select(dependency => Of(dependency, file.Id)),
    ];

    private static CatalogRow Of(Role role, string catalog) => new()
    {
        Kind = EntryKind.Role,
        Id = role.Id,
        Catalog = catalog,
        Title = role.Title,
        Details = [.. Detail("aliases", role.Aliases), .. Detail("is_a", Maybe(role.IsA)),
            .. Detail("part_of", Maybe(role.PartOf))],
        Sources = SourcesOf(role.Source),
        Note = role.Note ?? "",
    };

    private static CatalogRow Of(Condition condition, string catalog) => new()
    {
        Kind = EntryKind.Condition,
        Id = condition.Id,
        Catalog = catalog,
        Title = condition.Title,
        Details = [new CatalogDetail("default", [condition.Default ? "on" : "off"])],
        Sources = SourcesOf(condition.Source),
        Note = condition.Note ?? "",
    };

    private static CatalogRow Of(Parameter parameter, string catalog) => new()
    {
        Kind = EntryKind.Parameter,
        Id = parameter.Id,
        Catalog = catalog,
        Title = parameter.Title,
        Ports = parameter.Default,
        Sources = SourcesOf(parameter.Source),
        Note = parameter.Note ?? "",
    };

    private static CatalogRow Of(Rule rule, ImmutableArray<PortRange> ports) => new()
    {
        Kind = EntryKind.Rule,
        Id = rule.Id,
        Catalog = rule.Catalog,
        Title = rule.Title,
        From = rule.From,
        To = rule.To,
        Transports = [.. rule.Transports.Select(transport => transport.ToString())],
        Ports = ports,
        Parameter = rule.PortParameter ?? "",
        Protocols = rule.Protocols,
        Security = EntryWords.Of(rule.Security),
        Need = NeedWords.ToText(rule.Need),
        When = EntryWords.Of(rule.When),
        Via = Via(rule),
        Services = rule.Services,
        Period = EntryWords.Of(rule.Period),
        Details =
        [
            new CatalogDetail("replies", [EntryWords.Of(rule.Replies)]),
            .. Detail("verdict", rule.Verdict == RuleVerdict.Forbidden ? ["forbidden"] : []),
        ],
        Sources = SourcesOf(rule.Source),
        Note = rule.Note ?? "",
    };

    private static CatalogRow Of(Caution caution, string catalog) => new()
    {
        Kind = EntryKind.Caution,
        Id = caution.Id,
        Catalog = catalog,
        Title = caution.Text,
        From = [caution.Between[0]],
        To = [caution.Between[^1]],
        When = caution.Unless is { } condition ? $"unless: {condition}" : "",
        Details = [new CatalogDetail("means", [EntryWords.Of(caution.Means)])],
        Sources = SourcesOf(caution.Source),
        Note = caution.Note ?? "",
    };

    private static CatalogRow Of(Advice advice, string catalog) => new()
    {
        Kind = EntryKind.Advice,
        Id = advice.Id,
        Catalog = catalog,
        Title = advice.Text,
        Details = [new CatalogDetail("about", advice.About), .. Detail("references", advice.References)],
        Sources = SourcesOf(advice.Source),
        Note = advice.Note ?? "",
    };

    private static CatalogRow Of(Dependency dependency, string catalog) => new()
    {
        Kind = EntryKind.Dependency,
        Id = dependency.Id,
        Catalog = catalog,
        Title = $"{dependency.Of} depends on {dependency.On}",
        From = [dependency.Of],
        To = [dependency.On],
        Need = EntryWords.Of(dependency.Strength),
        Sources = SourcesOf(dependency.Source),
        Note = dependency.Note ?? "",
    };

    private static ImmutableArray<SourceReference> SourcesOf(SourceReference? source) =>
        source is null ? [] : [.. source.All];

    private static ImmutableArray<string> Maybe(string? value) => value is null ? [] : [value];

    private static IEnumerable<CatalogDetail> Detail(string name, ImmutableArray<string> values) =>
        values.IsEmpty ? [] : [new CatalogDetail(name, values)];
}
