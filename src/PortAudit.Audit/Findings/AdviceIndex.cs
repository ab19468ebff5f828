using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Findings;

/// <summary>What the documents advise, by the entry that it is about, to be added to the remedies of
/// findings.</summary>
internal sealed class AdviceIndex
{
    /// <summary>Pieces of advice that one remedy takes up at most; <c>portaudit catalog show</c> lists all.</summary>
    public const int MaximumPieces = 2;

    private readonly ILookup<string, Advice> _byEntry;

    public AdviceIndex(CatalogSet catalogs) =>
        _byEntry = catalogs.Files.SelectMany(file => file.Advice)
            .SelectMany(advice => advice.About.Select(entry => (entry, advice)))
            .ToLookup(pair => pair.entry, pair => pair.advice, StringComparer.Ordinal);

    /// <summary>The finding with what the documents advise about its rule and the parameter of its ports.</summary>
    public FindingDraft Complete(FindingDraft draft)
    {
        if (draft.Finding.Rule is not { } rule)
            return draft;
        var advice = About(rule).Take(MaximumPieces);
        return draft with
        {
            Finding =
            draft.Finding with { Remedy = string.Join(' ', advice.Select(Sentence).Prepend(draft.Finding.Remedy)) }
        };
    }

    /// <summary>What the documents advise about a rule and the parameter of its ports.</summary>
    public IEnumerable<Advice> About(Rule rule)
    {
        string[] entries = rule.PortParameter is { } parameter ? [rule.Id, parameter] : [rule.Id];
        return entries.SelectMany(entry => _byEntry[entry]).DistinctBy(piece => piece.Id, StringComparer.Ordinal);
    }

    private static string Sentence(Advice advice)
    {
        var references = advice.References.IsEmpty ? "" : $" ({string.Join(", ", advice.References)})";
        return $"The documents advise: {advice.Text.TrimEnd('.')}{references}.";
    }
}
