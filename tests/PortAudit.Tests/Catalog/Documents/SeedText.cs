using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The text of a cited document, line by line. No-break spaces read as spaces.</summary>
internal static class SeedText
{
    private const char NoBreakSpace = '\u00A0';

    // Read without any catalog, so that a fault of one leaves the tests of the documents alone.
    private static readonly ImmutableArray<SourceDocument> Documents =
        CatalogLibrary.Load([], null, new List<Diagnostic>())!.Documents;

    /// <summary>The lines of the text whose digest <c>rules/sources.yaml</c> holds; line N stands at N - 1.</summary>
    public static string[] LinesOf(string document)
    {
        var digest = Documents.Single(known => known.Id == document).Sha256;
        var bytes = Directory.GetFiles(Repository.Seeds!, "*.txt").Select(File.ReadAllBytes)
            .Single(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)) == digest);
        return Encoding.UTF8.GetString(bytes).Replace(NoBreakSpace, ' ').Split('\n');
    }
}
