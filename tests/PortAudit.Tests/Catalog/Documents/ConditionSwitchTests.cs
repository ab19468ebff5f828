using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>A condition decides about the rules that name it, and about no other.</summary>
public sealed class ConditionSwitchTests
{
    private static readonly ImmutableArray<string> Conditions =
        [.. Shipped.Catalogs.Files.SelectMany(file => file.Conditions).Select(condition => condition.Id).Distinct().Order(StringComparer.Ordinal)];

    // A parameter without a default has no ports until a site gives them, and its rules would apply nowhere.
    private static readonly ImmutableDictionary<string, ImmutableArray<PortRange>> Ports = Shipped.Catalogs.Files
        .SelectMany(file => file.Parameters).Select(parameter => parameter.Id).Distinct()
        .ToImmutableDictionary(id => id, _ => ImmutableArray.Create(new PortRange(40000, 40000)));

    [Fact]
    public void There_are_conditions_to_switch() => Assert.NotEmpty(Conditions);

    // With all others on, a rule that needs all its conditions follows each of them; with all others off, one that needs one of several.
    [Fact]
    public void Switching_a_condition_changes_exactly_the_rules_that_name_it()
    {
        var allOff = RulesOn(_ => false);
        var allOn = RulesOn(_ => true);
        foreach (var condition in Conditions)
        {
            var changed = Changes(allOff, RulesOn(id => id == condition)).Union(Changes(allOn, RulesOn(id => id != condition)));
            var named = Shipped.Rules.Where(rule => rule.When.Conditions.Contains(condition)).Select(rule => rule.Id);

            Assert.Equal(named.Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_rule_applies_when_all_conditions_are_on() =>
        Assert.Equal(Shipped.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal), RulesOn(_ => true).Order(StringComparer.Ordinal));

    [Fact]
    public void With_all_conditions_off_the_rules_without_a_condition_are_left() => Assert.Equal(
        Shipped.Rules.Where(rule => rule.When.Conditions.IsEmpty).Select(rule => rule.Id).Order(StringComparer.Ordinal),
        RulesOn(_ => false).Order(StringComparer.Ordinal));

    private static HashSet<string> Changes(HashSet<string> before, HashSet<string> after)
    {
        var changed = new HashSet<string>(before, StringComparer.Ordinal);
        changed.SymmetricExceptWith(after);
        return changed;
    }

    private static HashSet<string> RulesOn(Func<string, bool> isOn)
    {
        var site = new SiteFile
        {
            Name = "Switches",
            File = "site.yaml",
            Sha256 = "",
            Catalogs = [.. Shipped.Catalogs.Files.Select(file => file.Id)],
            Conditions = Conditions.ToImmutableDictionary(id => id, isOn),
            Parameters = Ports,
            Segments = [],
            Hosts = [],
            Networks = [],
            CapturePoints = [],
            Exceptions = [],
            Rules = [],
        };
        return [.. RuleBook.Bind(Shipped.Catalogs, site).Where(rule => rule.IsOn).Select(rule => rule.Rule.Id)];
    }
}
