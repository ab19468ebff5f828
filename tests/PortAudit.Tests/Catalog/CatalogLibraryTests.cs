using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

public sealed class CatalogLibraryTests
{
    private const string Shipped = "lync-server-2013";
    private const string Source = "source: { document: express-for-lync, section: S, lines: [1] }";

    [Fact]
    public void A_shipped_catalog_is_found_where_no_rules_lie()
    {
        Assert.False(Directory.Exists("rules"));

        var set = Load([Shipped], null, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal("rules/lync-server-2013.yaml", Assert.Single(set!.Files).File);
    }

    [Fact]
    public void A_directory_adds_catalogs_and_documents()
    {
        using var directory = new ScratchDirectory();
        directory.Write("own.yaml", "catalog: own-rules\ntitle: Own\nroles: { a: { title: A } }\nrules: ["
            + Rule("own.r").Replace("express-for-lync", "memo", StringComparison.Ordinal) + "]\n");
        directory.Write("sources.yaml", $"documents: [{{ id: memo, title: Memo, sha256: {new string('0', 64)} }}]\n");
        directory.Write("site.yaml", "site: not a catalog\n");
        directory.Write("notes.txt", "not read");

        var set = Load(["own-rules", Shipped], directory.Path, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(["own-rules", Shipped], set!.Files.Select(file => file.Id));
        Assert.Equal(Path.Combine(directory.Path, "own.yaml"), set.Files[0].File);
        Assert.Contains(set.Documents, document => document.Id == "memo");
        Assert.Contains(set.Documents, document => document.Id == "express-for-lync");
        Assert.Equal(CatalogLibrary.Ids(null, []).Append("own-rules").Order(StringComparer.Ordinal),
            CatalogLibrary.Ids(directory.Path, []).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_directory_overrides_the_shipped_catalog_of_the_same_identifier()
    {
        using var directory = new ScratchDirectory();
        directory.Write("mine.yml", $"catalog: {Shipped}\ntitle: Mine\nrules: []\n");

        Assert.Equal("Mine", Assert.Single(Load([Shipped], directory.Path, out _)!.Files).Title);
    }

    [Fact]
    public void Two_files_of_a_directory_cannot_be_the_same_catalog()
    {
        using var directory = new ScratchDirectory();
        var first = directory.Write("a.yaml", "catalog: x\ntitle: A\nrules: []\n");
        var second = directory.Write("b.yaml", "catalog: x\ntitle: B\nrules: []\n");

        Assert.Null(Load(["x"], directory.Path, out var diagnostics));
        Assert.Equal($"{second}:1:10: catalog 'x' is also in {first}; remove one of the files",
            Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void A_known_document_cannot_be_given_another_text()
    {
        using var directory = new ScratchDirectory();
        var sources = directory.Write("sources.yaml",
            $"documents:\n  - {{ id: express-for-lync, title: T, sha256: {new string('0', 64)} }}\n");
        directory.Write("a.yaml", "catalog: x\ntitle: A\nrules: []\n");

        Assert.Null(Load(["x"], directory.Path, out var diagnostics));
        Assert.StartsWith($"{sources}:2:5: document 'express-for-lync' is known with another title, date or text",
            Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: [RULE]", "rules: [RULE]", "rule 'r' is also in catalog 'one'")]
    [InlineData("rules: []", "conditions: [{ id: k, title: K, default: off, SOURCE }]\nrules: []", null)]
    [InlineData("conditions: [{ id: k, title: K, default: off, SOURCE }]\nrules: []",
        "conditions: [{ id: k, title: Other, default: off, SOURCE }]\nrules: []", null)]
    [InlineData("conditions: [{ id: k, title: K, default: off, SOURCE }]\nrules: []",
        "conditions: [{ id: k, title: K, default: on, SOURCE }]\nrules: []",
        "condition 'k' has another default in catalog 'one'")]
    [InlineData("parameters: [{ id: k, title: K, default: 1-2, SOURCE }]\nrules: []",
        "parameters: [{ id: k, title: K, SOURCE }]\nrules: []", "parameter 'k' has another default in catalog 'one'")]
    [InlineData("parameters: [{ id: k, title: K, default: 1-2, SOURCE }]\nrules: []",
        "parameters: [{ id: k, title: K, default: 1-2, SOURCE }]\nrules: []", null)]
    public void Catalogs_agree_on_what_they_share(string one, string two, string? expected)
    {
        using var directory = new ScratchDirectory();
        foreach (var (name, text) in new[] { ("one", one), ("two", two) })
        {
            var body = text.Replace("RULE", Rule("r"), StringComparison.Ordinal)
                .Replace("SOURCE", Source, StringComparison.Ordinal);
            directory.Write(name + ".yaml",
                $"catalog: {name}\ntitle: {name}\nroles: {{ a: {{ title: {name} }} }}\n{body}\n");
        }

        var set = Load(["one", "two"], directory.Path, out var diagnostics);

        Assert.Equal(expected is null, set is not null);
        if (expected is null)
            Assert.Empty(diagnostics);
        else
            Assert.StartsWith(expected, Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_of_two_catalogs_has_one_parent()
    {
        using var directory = new ScratchDirectory();
        directory.Write("one.yaml",
            "catalog: one\ntitle: One\nroles: { a: { title: A }, b: { title: B } }\nrules: []\n");
        var two = directory.Write("two.yaml",
            "catalog: two\ntitle: Two\nroles: { a: { title: A, isA: b }, b: { title: B } }\nrules: []\n");

        Assert.Null(Load(["one", "two"], directory.Path, out var diagnostics));
        Assert.StartsWith($"{two}:3:10: role 'a' has another 'isA' or 'partOf' in catalog 'one'",
            Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_missing_or_holds_no_rules_is_an_error()
    {
        using var directory = new ScratchDirectory();

        Assert.Null(Load([Shipped], directory.Path, out var empty));
        Assert.Equal("holds no rules: no file ends in .yaml", Assert.Single(empty).Message);
        Assert.Null(Load([Shipped], Path.Combine(directory.Path, "x"), out var missing));
        Assert.Equal("no such directory", Assert.Single(missing).Message);
    }

    [Fact]
    public void A_file_of_the_directory_that_is_no_catalog_is_an_error()
    {
        using var directory = new ScratchDirectory();
        directory.Write("x.yaml", "title: X\n");

        Assert.Null(Load([Shipped], directory.Path, out var diagnostics));
        Assert.Equal("names no catalog", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void An_unknown_catalog_is_an_error()
    {
        Assert.Null(Load(["lync-server-2031"], null, out var diagnostics));
        Assert.Equal("rules: unknown catalog 'lync-server-2031'; did you mean 'lync-server-2013'?",
            Assert.Single(diagnostics).ToString());
    }

    private static string Rule(string id) =>
        $"{{ id: {id}, title: R, from: a, to: a, transport: tcp, ports: 1, need: required, {Source} }}";

    private static CatalogSet? Load(ImmutableArray<string> ids, string? directory, out Diagnostic[] diagnostics)
    {
        var noted = new List<Diagnostic>();
        var set = CatalogLibrary.Load(ids, directory, noted);
        diagnostics = [.. noted];
        return set;
    }
}
