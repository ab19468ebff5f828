using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>The five words of segmentation in a cell.</summary>
internal static class WordLines
{
    /// <summary>The words that occurred, each with its flows.</summary>
    public static IEnumerable<string> Of(DispositionCounts words)
    {
        (long Flows, string Word)[] all = [(words.Permitted, "permitted"), (words.Escaped, "escaped"),
            (words.Blocked, "blocked"), (words.Misdropped, "misdropped"), (words.Unanswered, "unanswered")];
        return all.Where(word => word.Flows > 0).Select(word => $"{Quantity.Count(word.Flows)} {word.Word}");
    }
}
