namespace PortAudit.Tests.Catalog.Documents;

/// <summary>A condition decides about the rules that name it, and about no other.</summary>
public sealed class ConditionSwitchTests
{
    [Fact]
    public void There_are_conditions_to_switch() => Assert.NotEmpty(Shipped.Conditions);

    // With all others on, a rule that needs all its conditions follows each of them; with all others off, one that
    // needs one of several.
    [Fact]
    public void Switching_a_condition_changes_exactly_the_rules_that_name_it()
    {
        var allOff = RulesOn(_ => false);
        var allOn = RulesOn(_ => true);
        foreach (var condition in Shipped.Conditions)
        {
            var changed = Changes(allOff, RulesOn(id => id == condition))
                .Union(Changes(allOn, RulesOn(id => id != condition)));
            var named = Shipped.Rules.Where(rule => rule.When.Conditions.Contains(condition)).Select(rule => rule.Id);

            Assert.Equal(named.Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_rule_applies_when_all_conditions_are_on() =>
        Assert.Equal(Shipped.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            RulesOn(_ => true).Order(StringComparer.Ordinal));

    [Fact]
    public void With_all_conditions_off_the_rules_without_a_condition_are_left() => Assert.Equal(
        Shipped.Rules.Where(rule => rule.When.Conditions.IsEmpty).Select(rule => rule.Id).Order(StringComparer.Ordinal),
        RulesOn(_ => false).Order(StringComparer.Ordinal));

    // The lines are those that the documents put under the condition, in words or by the heading.
    [NeedsTheory(Part.Seeds)]
    [InlineData("lync.xmpp-federation", DocumentIds.Lync, new[] { 72, 86 })]
    [InlineData("lync.ocs2007-federation", DocumentIds.Lync, new[] { 95, 96, 97 })]
    [InlineData("unity.monitored-gc", DocumentIds.Unity, new[] { 189, 193, 197, 201 })]
    [InlineData("unity.mapi-gc", DocumentIds.Unity, new[] { 215, 219 })]
    [InlineData("unity.sccp-tls", DocumentIds.Unity, new[] { 301, 305 })]
    [InlineData("unity.sip", DocumentIds.Unity, new[] { 323, 327, 375, 379 })]
    [InlineData("unity.vnc", DocumentIds.Unity, new[] { 386 })]
    [InlineData("unity.snmp", DocumentIds.Unity, new[] { 390 })]
    [InlineData("unity.report-share", DocumentIds.Unity, new[] { 415, 417, 419, 421 })]
    [InlineData("unity.remote-desktop", DocumentIds.Unity, new[] { 425 })]
    [InlineData("unity.firewall-not-exchange-aware", DocumentIds.Unity, new[] { 492 })]
    [InlineData("unity.mailboxes-elsewhere", DocumentIds.Unity, new[] { 611, 615, 619, 623, 627 })]
    [InlineData("mis.ipsec", DocumentIds.Mobile, new[] { 44, 45, 46 })]
    [InlineData("mis.smtp-carrier", DocumentIds.Mobile, new[] { 56 })]
    [InlineData("mis.http-carrier-ipsec", DocumentIds.Mobile, new[] { 58 })]
    [InlineData("windows.pptp", DocumentIds.Windows, new[] { 597, 604, 608, 892, 1014 })]
    [InlineData("windows.iis-admin-site", DocumentIds.Windows, new[] { 879 })]
    public void A_condition_decides_about_the_lines_that_the_document_ties_to_it(string condition, string document,
        int[] lines)
    {
        var printed = PrintedFacts.Of(document).Select(fact => fact.Line).ToHashSet();
        var tied = from rule in Shipped.Rules
                   where rule.When.Conditions.Contains(condition)
                   from source in rule.Source!.All
                   where source.Document == document
                   from line in source.Lines
                   where printed.Contains(line)
                   select line;

        Assert.Equal(lines, tied.Distinct().Order());
    }

    private static HashSet<string> Changes(HashSet<string> before, HashSet<string> after)
    {
        var changed = new HashSet<string>(before, StringComparer.Ordinal);
        changed.SymmetricExceptWith(after);
        return changed;
    }

    private static HashSet<string> RulesOn(Func<string, bool> isOn) =>
        [.. Shipped.Bind(isOn).Where(rule => rule.IsOn).Select(rule => rule.Rule.Id)];
}
