using PortAudit.Audit.Catalog;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

/// <summary>Cautions, advice, dependencies, and what all kinds of entries share.</summary>
public sealed class RemarksReaderTests
{
    private const string Source = "source: { document: d, section: S, lines: [1] }";
    private const string Caution =
        "cautions: [{ id: k, between: [a, b], means: no-firewall, unless: x, text: T, " + Source + " }]";
    private const string Advice = "advice: [{ id: k, about: [x, a], text: T, references: [KB 1], " + Source + " }]";
    private const string Dependency =
        "dependencies: [{ id: k, of: a, on: dns, strength: conditional, " + Source + " }]";

    [Fact]
    public void A_caution_is_read()
    {
        var caution = Assert.Single(Read(Caution.Replace("text: T", "text: T, note: N",
            StringComparison.Ordinal)).Cautions);

        Assert.Equal(("k", "a b", CautionMeaning.NoFirewall, "x", "T", "N"),
            (caution.Id, string.Join(' ', caution.Between), caution.Means, caution.Unless, caution.Text, caution.Note));
        Assert.Equal("d", caution.Source.Document);
    }

    [Fact]
    public void Advice_is_read()
    {
        var advice = Assert.Single(Read(Advice).Advice);

        Assert.Equal(("k", "x a", "T", "KB 1"),
            (advice.Id, string.Join(' ', advice.About), advice.Text, string.Join(' ', advice.References)));
        Assert.Null(advice.Note);
    }

    [Fact]
    public void Advice_may_be_about_every_kind_of_entry_even_one_that_stands_below()
    {
        var text = Caution.Replace("id: k", "id: k1", StringComparison.Ordinal) + "\n"
            + Advice.Replace("[x, a]", "[a, x, p, k1, k2]", StringComparison.Ordinal) + "\n"
            + Dependency.Replace("id: k", "id: k2", StringComparison.Ordinal);

        Assert.Equal(5, Assert.Single(Read(text).Advice).About.Length);
    }

    [Fact]
    public void A_dependency_is_read()
    {
        var dependency = Assert.Single(Read(Dependency).Dependencies);

        Assert.Equal(("k", "a", "dns", DependencyStrength.Conditional),
            (dependency.Id, dependency.Of, dependency.On, dependency.Strength));
    }

    [Fact]
    public void An_entry_may_rest_on_several_places()
    {
        var source = Assert.Single(Read(Dependency.Replace(Source,
            "source: [{ document: d, section: S, lines: [1] }, { document: d, section: T, lines: [2, 3] }]",
            StringComparison.Ordinal)).Dependencies).Source;

        Assert.Equal("S", source.Section);
        Assert.Equal(["S:1", "T:2 3"], source.All.Select(place => $"{place.Section}:{string.Join(' ', place.Lines)}"));
    }

    [Fact]
    public void Roles_conditions_and_parameters_may_bear_a_note_and_roles_a_source()
    {
        Texts.Catalog("catalog: c\ntitle: C\nroles: { a: { title: A, " + Source + ", note: N } }\nrules: []\n",
            out var diagnostics);
        Assert.Empty(diagnostics);
        var file = Texts.Catalog(
            "catalog: c\ntitle: C\nroles: { a: { title: A, " + Source
                + ", note: N1 } }\nconditions: [{ id: x, title: X, default: on, " + Source
            + ", note: N2 }]\nparameters: [{ id: p, title: P, " + Source + ", note: N3 }]\nrules: []\n", out _)!.File;

        Assert.Equal(("S", "N1", "N2", "N3"),
            (file.Roles[0].Source?.Section, file.Roles[0].Note, file.Conditions[0].Note, file.Parameters[0].Note));
    }

    [Theory]
    [InlineData(Caution, "between: [a, b]", "between: [a]",
        "'between' of a caution names 2 roles, this names 1; write between: [a, b]")]
    [InlineData(Caution, "between: [a, b]", "between: [a, bb]", "unknown role 'bb'; did you mean 'b'?")]
    [InlineData(Caution, "between: [a, b], ", "", "a caution lacks 'between'")]
    [InlineData(Caution, "means: no-firewall", "means: no-firewalls",
        "'no-firewalls' is no value of 'means'; did you mean 'no-firewall'?")]
    [InlineData(Caution, "means: no-firewall, ", "", "a caution lacks 'means'")]
    [InlineData(Caution, "unless: x", "unless: xx", "unknown condition 'xx'; did you mean 'x'?")]
    [InlineData(Caution, "text: T, ", "", "a caution lacks 'text'")]
    [InlineData(Caution, ", " + Source, "",
        "a caution lacks 'source'; write source: { document: ID, section: HEADINGS, lines: [N] }")]
    [InlineData(Caution, "id: k", "id: a",
        "caution 'a' has the identifier of the role in line 3; give one of them another identifier")]
    [InlineData(Advice, "about: [x, a]", "about: [x, xy]", "unknown entry 'xy'; did you mean 'x'?")]
    [InlineData(Advice, "about: [x, a]", "about: []", "'about' of advice holds nothing; name at least one")]
    [InlineData(Advice, ", " + Source, "",
        "advice lacks 'source'; write source: { document: ID, section: HEADINGS, lines: [N] }")]
    [InlineData(Advice, "document: d", "document: dd", "unknown document 'dd'; did you mean 'd'?")]
    [InlineData(Dependency, "strength: conditional", "strength: requires",
        "'requires' is no value of 'strength'; did you mean 'required'?")]
    [InlineData(Dependency, "on: dns", "on: a", "'a' depends on itself; name another service, or remove the entry")]
    [InlineData(Dependency, "on: dns, ", "", "a dependency lacks 'on'")]
    [InlineData(Dependency, ", " + Source, "",
        "a dependency lacks 'source'; write source: { document: ID, section: HEADINGS, lines: [N] }")]
    [InlineData(Dependency, Source, "source: []", "the list of sources is empty; name at least one")]
    [InlineData(Dependency, Source, "source: [{ document: d, section: S }]", "a source lacks 'lines'")]
    public void A_fault_is_one_diagnostic_in_its_line(string entry, string sound, string faulty, string expected)
    {
        Assert.Contains(sound, entry, StringComparison.Ordinal);
        var catalog = Texts.Catalog(Text(entry.Replace(sound, faulty, StringComparison.Ordinal)), out var diagnostics);

        Assert.Null(catalog);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal($"f.yaml:10:{diagnostic.Column}: {expected}", diagnostic.ToString());
        Assert.True(diagnostic.Column > 1);
    }

    [Fact]
    public void No_two_entries_of_a_file_share_an_identifier_whatever_their_kinds()
    {
        Texts.Catalog(Text(Caution + "\n" + Dependency), out var diagnostics);

        Texts.Only("11:22: dependency 'k' has the identifier of the caution in line 10; give one of them another "
            + "identifier", diagnostics);
    }

    private static CatalogFile Read(string entries)
    {
        var catalog = Texts.Catalog(Text(entries), out var diagnostics);
        Assert.Empty(diagnostics);
        return catalog!.File;
    }

    private static string Text(string entries) =>
        Texts.CatalogHead + Texts.ConditionsAndParameters.TrimEnd() + "\n" + "\n" + entries + "\nrules: []\n";
}
