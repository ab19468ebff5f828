using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Needs;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Parts of a comparison as a reader sees them.</summary>
internal static class ComparisonWords
{
    /// <summary>What one catalog asks: <c>tcp 135 5000-5020</c>; empty when it asks nothing.</summary>
    public static string Over(ComparedNeed need, AskedPorts? asked) => asked is null ? ""
        : need.Parameter.Length > 0 ? $"{need.Transport} of parameter {need.Parameter}, which has no default"
        : string.Join(' ', asked.Ports.Select(range => range.ToString()).Prepend(need.Transport.ToString()));

    /// <summary>The need, and the other one where it differs: <c>required -> optional</c>.</summary>
    public static string Need(ComparedNeed need)
    {
        ImmutableArray<string> words = [.. new[] { need.First, need.Second }.OfType<AskedPorts>()
            .Select(asked => NeedWords.ToText(asked.Need)).Distinct()];
        return string.Join(" -> ", words);
    }

    /// <summary>A rule with what tells it from the row: the roles that it names instead, and wider ranges.</summary>
    public static string Rule(AskingRule asking, AskedPorts asked)
    {
        ImmutableArray<PortRange> wider = [.. asking.Ports.Where(range => asked.Ports.Any(own =>
            own.First <= range.Last && range.First <= own.Last && (range.First < own.First || range.Last > own.Last)))];
        var over = wider.IsEmpty ? "" : $" over {Ports(wider)}";
        var roles = asking.IsInherited
            ? $", for {string.Join(' ', asking.Rule.From)} -> {string.Join(' ', asking.Rule.To)}"
            : "";
        return $"{asking.Rule.Id}{over}{roles}";
    }

    public static string Ports(ImmutableArray<PortRange> ports) => string.Join(' ', ports);

    public static string Sources(AskingRule asking) =>
        string.Join("; ", (asking.Rule.Source?.All ?? []).Select(SourceText.Short).Distinct());

    /// <summary>How many rows have each change, in the order of <see cref="NeedChange"/>:
    /// <c>12 same, 1 narrower, 3 new</c>.</summary>
    public static string Counts(ComparedCatalogs compared)
    {
        var counts = compared.Rows.CountBy(row => row.Need.Change).OrderBy(count => count.Key)
            .Select(count => $"{Quantity.Count(count.Value)} {count.Key.ToText()}");
        return string.Join(", ", counts);
    }

    /// <summary>The pairs of narrower roles for which the other catalog asks: <c>a -> b</c>.</summary>
    public static ImmutableArray<string> Narrower(ComparedNeed need) =>
        [.. need.Narrower.Select(pair => $"{pair.From} -> {pair.To}")];

    /// <summary>The roles that only one catalog defines: a line for each that is compared all the same, and one for all
    /// of each catalog that are not.</summary>
    public static IEnumerable<string> Roles(ComparedCatalogs compared)
    {
        var (roles, names) = (compared.Comparison.Roles, compared.Names);
        foreach (var role in roles.Where(role => role.Basis != CounterpartBasis.None))
        {
            // What the user or a name pairs stands under both of its roles.
            if (!role.IsOfFirst && role.Basis != CounterpartBasis.Kind)
                continue;
            yield return $"{role.Role} ({(role.IsOfFirst ? names.First : names.Second)}): {Counterpart(role)}";
        }

        foreach (var isOfFirst in new[] { true, false })
        {
            ImmutableArray<string> lone = [.. roles
                .Where(role => role.Basis == CounterpartBasis.None && role.IsOfFirst == isOfFirst)
                .Select(role => role.Role)];
            if (!lone.IsEmpty)
                yield return $"without a counterpart in {(isOfFirst ? names.Second : names.First)}: "
                    + string.Join(", ", lone);
        }
    }

    private static string Counterpart(RoleCounterpart role)
    {
        var others = string.Join(", ", role.Others);
        return role.Basis switch
        {
            CounterpartBasis.Given => $"compared with {others}, as --same says",
            CounterpartBasis.Kind => $"of one kind with {others}",
            CounterpartBasis.Name => $"compared with {others}, which has the same name",
            CounterpartBasis.None => "no counterpart",
        };
    }
}
