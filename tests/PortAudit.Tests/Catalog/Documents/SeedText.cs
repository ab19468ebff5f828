using System.Security.Cryptography;
using System.Text;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>The text of a cited document, line by line. No-break spaces read as spaces.</summary>
internal static class SeedText
{
    private const char NoBreakSpace = '\u00A0';

    /// <summary>The lines of the text whose digest <c>rules/sources.yaml</c> holds; line N stands at N - 1.</summary>
    public static string[] LinesOf(string document)
    {
        var digest = Shipped.Catalogs.Documents.Single(known => known.Id == document).Sha256;
        var bytes = Directory.GetFiles(Repository.Seeds!, "*.txt").Select(File.ReadAllBytes).Single(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)) == digest);
        return Encoding.UTF8.GetString(bytes).Replace(NoBreakSpace, ' ').Split('\n');
    }
}
