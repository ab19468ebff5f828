using System.Globalization;

namespace PortAudit.Reports.Writing;

/// <summary>Parts of a whole as a reader of text sees them.</summary>
internal static class Share
{
    private const decimal Least = 0.001m;

    /// <summary>
    /// For example <c>12.5 %</c>. What is there never reads as nothing, nor what is less than the whole as all of it:
    /// <c>below 0.1 %</c>, <c>above 99.9 %</c>.
    /// </summary>
    /// <param name="share">Between 0 and 1.</param>
    public static string ToText(decimal share) => share switch
    {
        > 0 and < Least => "below 0.1 %",
        < 1 and > 1 - Least => "above 99.9 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %"),
    };

    /// <summary>The share in parentheses behind a number, with a space before it; empty when there is none.</summary>
    public static string InParentheses(decimal? share) => share is { } known ? $" ({ToText(known)})" : "";
}
