using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

public sealed class SourcesReaderTests
{
    private static readonly string Digest = new('a', 64);

    [Fact]
    public void A_document_has_a_title_and_a_digest_and_may_have_publisher_and_date()
    {
        var documents = Read($"documents:\n  - {{ id: d, title: D, publisher: P, date: 1 May, sha256: {Digest} }}\n  - "
            + $"{{ id: e, title: E, sha256: {Digest} }}\n", out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal([new SourceDocument("d", "D", "P", "1 May", Digest),
            new SourceDocument("e", "E", null, null, Digest)], documents!.Value.AsEnumerable());
    }

    [Theory]
    [InlineData("{ id: d, title: D }",
        "2:5: a document lacks 'sha256'; write the digest of its text, or for a page of the web 'url' and 'read'")]
    [InlineData("{ id: d, title: D, url: https://example.com/ }",
        "2:5: a document lacks 'read'; write the day on which the page was read")]
    [InlineData("{ id: d, title: D, sha256: DIGEST, read: 2026-11-27 }",
        "2:5: a document lacks 'url'; write the address of the page that was read")]
    [InlineData("{ id: d, title: D, url: example.com, read: 2026-11-27 }",
        "2:29: 'example.com' is not an address of the web; write https://…")]
    [InlineData("{ id: d, title: D, url: https://example.com/, read: 27 November }",
        "2:57: '27 November' is not a date; write YYYY-MM-DD")]
    [InlineData("{ id: d, title: D, sha256: abc }",
        "2:32: 'abc' is not a SHA-256 digest; write 64 lower-case hexadecimal digits")]
    [InlineData("{ id: d, title: D, sha256: DIGEST, year: 2007 }",
        "2:98: unknown key 'year' in a document; keys of a document: id, title, publisher, date, sha256, "
            + "url, read")]
    [InlineData("{ id: d, title: D, sha256: DIGEST }\n  - { id: d, title: D, sha256: DIGEST }",
        "3:11: document 'd' is defined twice, first in line 2; give one of them another identifier")]
    public void A_fault_is_one_diagnostic(string item, string expected)
    {
        Assert.Null(Read("documents:\n  - " + item.Replace("DIGEST", Digest, StringComparison.Ordinal) + "\n",
            out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Fact]
    public void A_page_of_the_web_has_an_address_and_the_day_on_which_it_was_read()
    {
        var documents = Read("documents: [{ id: d, title: D, url: https://example.com/p, read: 2026-11-27 }]\n",
            out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(new SourceDocument("d", "D", null, null, null)
        {
            Url = "https://example.com/p",
            Read = new DateOnly(2026, 11, 27),
        }, Assert.Single(documents!.Value));
    }

    [Theory]
    [InlineData("date: \"11/21/2007\", sha256: DIGEST", 2007)]
    [InlineData("date: \"Revised April 17, 2008\", sha256: DIGEST", 2008)]
    [InlineData("date: \"entries to 2025-11-14\", url: https://example.com/, read: 2026-11-27", 2025)]
    [InlineData("url: https://example.com/, read: 2026-11-27", 2026)]
    [InlineData("sha256: DIGEST", null)]
    public void The_year_of_a_document_is_printed_or_that_in_which_it_was_read(string keys, int? expected) =>
        Assert.Equal(expected, Assert.Single(Read("documents: [{ id: d, title: D, "
            + keys.Replace("DIGEST", Digest, StringComparison.Ordinal) + " }]\n", out _)!.Value).Year);

    private static ImmutableArray<SourceDocument>? Read(string text, out Diagnostic[] diagnostics)
    {
        using var directory = new ScratchDirectory();
        var noted = new List<Diagnostic>();
        var documents = SourcesReader.Read(directory.Write("sources.yaml", text), "f.yaml", noted);
        diagnostics = [.. noted];
        return documents;
    }
}
