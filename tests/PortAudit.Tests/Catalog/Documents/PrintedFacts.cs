using System.Collections.Immutable;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>Everything that the five documents print.</summary>
internal static class PrintedFacts
{
    /// <summary>Identifiers of the documents.</summary>
    public static readonly ImmutableArray<string> Documents =
        [DocumentIds.Lync, DocumentIds.Unity, DocumentIds.Mobile, DocumentIds.Windows, DocumentIds.Federation];

    /// <summary>The facts of one document: those of its tables and lists, then those of its sentences.</summary>
    public static IEnumerable<PrintedFact> Of(string document) =>
        TablesOf(document, SeedText.LinesOf(document)).Concat(ProseFacts.All.Where(fact => fact.Document == document));

    private static IEnumerable<PrintedFact> TablesOf(string document, string[] lines) => document switch
    {
        DocumentIds.Lync => LyncTables.Read(lines),
        DocumentIds.Unity => UnityTables.Read(lines),
        DocumentIds.Mobile => MobileLists.Read(lines),
        DocumentIds.Windows => WindowsTables.ReadServices(lines).Concat(WindowsTables.ReadSummary(lines)),
        _ => [],
    };
}
