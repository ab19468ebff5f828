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
    [InlineData("{ id: d, title: D }", "2:5: a document lacks 'sha256'")]
    [InlineData("{ id: d, title: D, sha256: abc }",
        "2:32: 'abc' is not a SHA-256 digest; write 64 lower-case hexadecimal digits")]
    [InlineData("{ id: d, title: D, sha256: DIGEST, year: 2007 }",
        "2:98: unknown key 'year' in a document; keys of a document: id, title, publisher, date, sha256")]
    [InlineData("{ id: d, title: D, sha256: DIGEST }\n  - { id: d, title: D, sha256: DIGEST }",
        "3:11: document 'd' is defined twice, first in line 2; give one of them another identifier")]
    public void A_fault_is_one_diagnostic(string item, string expected)
    {
        Assert.Null(Read("documents:\n  - " + item.Replace("DIGEST", Digest, StringComparison.Ordinal) + "\n",
            out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    private static ImmutableArray<SourceDocument>? Read(string text, out Diagnostic[] diagnostics)
    {
        using var directory = new ScratchDirectory();
        var noted = new List<Diagnostic>();
        var documents = SourcesReader.Read(directory.Write("sources.yaml", text), "f.yaml", noted);
        diagnostics = [.. noted];
        return documents;
    }
}
