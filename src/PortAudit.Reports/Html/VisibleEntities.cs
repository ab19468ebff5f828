using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Html;

/// <summary>
/// The last step of a page: Razor writes non-ASCII and control characters as numeric references; misleading ones
/// (<see cref="VisibleText"/>) become <c>\u{HEX}</c> here, for all parts of the page. Line ends and tabs stay;
/// indentation is removed.
/// </summary>
internal static partial class VisibleEntities
{
    public static string Of(string html) => Reference().Replace(Indent().Replace(html, "\n"), match => Visible(
        match.ValueSpan, int.Parse(match.ValueSpan[3..^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    private static string Visible(ReadOnlySpan<char> reference, int codePoint)
    {
        if (codePoint is '\n' or '\r' or '\t' || !Rune.IsValid(codePoint))
            return reference.ToString();
        var text = new Rune(codePoint).ToString();
        var shown = VisibleText.Escape(text);
        return ReferenceEquals(shown, text) || shown == text ? reference.ToString() : shown;
    }

    [GeneratedRegex(@"\n\s+")]
    private static partial Regex Indent();

    [GeneratedRegex("&#x[0-9A-Fa-f]{1,6};")]
    private static partial Regex Reference();
}
