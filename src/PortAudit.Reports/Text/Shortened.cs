using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>Lists of readable length. What is left out is counted, with a pointer to the full list.</summary>
internal static class Shortened
{
    /// <summary>Where every list of a report is whole.</summary>
    public const string InJson = "see the JSON report";

    /// <summary>Where the text names more.</summary>
    public const string WithVerbose = "the text names them with -v";

    /// <summary>Where lists are longer that the JSON report does not have.</summary>
    public const string OnPage = "see the page of --report";

    /// <summary>The first lines, and one that counts the rest.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="maximum">Lines at most before the one that counts.</param>
    /// <param name="noun">What a line is, in the singular.</param>
    /// <param name="where">Where the rest is.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> lines, int maximum, string noun,
        string where = InJson) =>
        lines.Count <= maximum
            ? lines
            : [.. lines.Take(maximum), $"and {Quantity.Of(lines.Count - maximum, $"more {noun}")}: {where}"];

    /// <summary>The first names in a line, and a count of the rest.</summary>
    public static string Names(IReadOnlyCollection<string> names, int maximum) => names.Count <= maximum
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(maximum))} and {Quantity.Of(names.Count - maximum, "other")}";
}
