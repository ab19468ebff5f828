using System.Text.RegularExpressions;

namespace PortAudit.Tests.Cli.Commands;

public sealed partial class CatalogShowCommandTests : IDisposable
{
    private readonly CatalogRules _rules = new();

    [Fact]
    public void A_rule_is_shown_with_its_condition_sources_and_note()
    {
        var text = Show("small.exact");

        Assert.StartsWith("rule small.exact ", text, StringComparison.Ordinal);
        Assert.Contains("to store: Store over tcp 6000 443 protocol http or tls security tls need conditional", text,
            StringComparison.Ordinal);
        Assert.Contains("small.watched: Somebody watches (off by default)", text, StringComparison.Ordinal);
        Assert.Contains("source First handbook; S2; line 9 Second handbook; T1; lines 7-8 First handbook; S3; line 6 "
            + "note Read twice.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_shown_with_the_services_that_it_is_about()
    {
        Assert.Contains(" via announced-by: dcerpc services drsuapi, samr period ", Show("small.wide"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(" services ", Show("small.parameter"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small.exact", "small.parameter small.wide")]
    [InlineData("small.wide", "small.exact small.parameter")]
    [InlineData("small.ping", "")]
    public void What_overlaps_a_rule_is_listed_in_the_order_of_preference(string id, string others)
    {
        var text = Show(id);
        var overlaps = text.Contains(" overlaps ", StringComparison.Ordinal) ? text.Split(" overlaps ")[1] : "";

        Assert.Equal(others.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            OwnRule().Matches(overlaps).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void A_parameter_is_shown_with_its_default_and_the_rules_that_use_it() =>
        Assert.Contains("default 5000-5020 6000 source First handbook; S1; line 2 used by rule small.parameter",
            Show("small.range"), StringComparison.Ordinal);

    [Fact]
    public void Advice_stands_beside_what_it_is_about() =>
        Assert.Contains("advice small.restrict: Restrict it.", Show("small.parameter"), StringComparison.Ordinal);

    [Theory]
    [InlineData("app-head",
        "role app-head title First application server catalog small is a app used by rule small.exact")]
    [InlineData("small.watched", "used by rule small.exact caution small.no-wall")]
    [InlineData("small.no-wall",
        "when unless: small.watched small.watched: Somebody watches (off by default) means no-firewall")]
    [InlineData("small.restrict", "about small.parameter references KB 1 source Second handbook; T3; line 3")]
    [InlineData("small.needs", "title app depends on dns")]
    public void Every_kind_of_entry_can_be_shown(string id, string expected) =>
        Assert.Contains(expected, Show(id), StringComparison.Ordinal);

    [Theory]
    [InlineData("small.exac", "error: no entry is named 'small.exac'; did you mean 'small.exact'?")]
    [InlineData("\u001bx", "error: no entry is named '\\u001bx'")]
    public void An_unknown_identifier_is_an_error(string id, string expected)
    {
        var run = CommandRun.Of("catalog", "show", id, "--rules", _rules.Path);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(expected, Assert.Single(run.Errors));
    }

    [Fact]
    public void A_role_of_several_catalogs_is_shown_with_the_names_and_lines_of_all()
    {
        var page = Blanks().Replace(CommandRun.Of("catalog", "show", "exchange-server").Output, " ");

        Assert.Contains(" catalog cisco-unity-5, exchange, exchange-2016-2019, windows-server ", page,
            StringComparison.Ordinal);
        Assert.Contains("Exchange message store, Exchange mail server, Exchange Server 2003", page,
            StringComparison.Ordinal);
        Assert.Contains("Microsoft Exchange Server and Outlook clients; lines 246, 250, 259", page,
            StringComparison.Ordinal);
        Assert.Contains("Microsoft Exchange MTA Stacks; line 429", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_identifier_must_be_given() => Assert.Equal(2, CommandRun.Of("catalog", "show").ExitCode);

    public void Dispose() => _rules.Dispose();

    /// <summary>The page with every run of blanks as one, so that wrapping plays no part.</summary>
    private string Show(string id)
    {
        var run = _rules.Run($"show {id}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return Blanks().Replace(run.Output, " ");
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("(small\\.[a-z]+): ")]
    private static partial Regex OwnRule();
}
