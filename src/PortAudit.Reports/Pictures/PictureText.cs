using System.Text;
using PortAudit.Reports.Writing;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>Text that a picture can show: in characters of its fonts, as long as there is room.</summary>
internal static class PictureText
{
    private const string Missing = "?";
    private const string Cut = "…";

    /// <summary>The text as the font can show it: unprintable characters escaped, missing glyphs as question marks,
    /// spaces collapsed.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in VisibleText.Escape(text).EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune);
            if (isSpace && (clean.Length == 0 || clean[^1] == ' '))
                continue;
            if (isSpace)
                clean.Append(' ');
            else
                clean.Append(PictureFonts.All.Regular.ContainsGlyph(rune.Value) ? rune.ToString() : Missing);
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>The clean text, with an ellipsis for what does not fit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">The font.</param>
    /// <param name="width">Room, in pixels.</param>
    public static string Fit(string text, SKFont font, double width)
    {
        var clean = Clean(text.Length > MaximumLength ? text[..MaximumLength] : text);
        if (font.MeasureText(clean) <= width)
            return clean;
        var length = clean.Length - 1;
        while (length > 0 && font.MeasureText(clean[..length] + Cut) > width)
            length--;
        if (length > 0 && char.IsHighSurrogate(clean[length - 1]))
            length--;
        return clean[..length].TrimEnd() + Cut;
    }

    /// <summary>The clean name, with an ellipsis in its middle when it is too long, as many names differ at the
    /// end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="font">The font.</param>
    /// <param name="width">Room, in pixels.</param>
    public static string FitEnds(string name, SKFont font, double width)
    {
        var clean = Fit(name, font, double.MaxValue);
        for (var kept = clean.Length - 1; kept > 1 && font.MeasureText(clean) > width; kept--)
            clean = Middle(Fit(name, font, double.MaxValue), kept);
        return clean;
    }

    private static string Middle(string clean, int kept)
    {
        var (first, last) = ((kept + 1) / 2, clean.Length - (kept / 2));
        if (char.IsHighSurrogate(clean[first - 1]))
            first--;
        if (char.IsLowSurrogate(clean[last]))
            last++;
        return clean[..first] + Cut + clean[last..];
    }

    /// <summary>The clean text in lines, broken at spaces; the last one ends with an ellipsis when they do not
    /// suffice.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">The font.</param>
    /// <param name="width">Room for a line, in pixels.</param>
    /// <param name="maximum">Lines at most.</param>
    public static IReadOnlyList<string> Lines(string text, SKFont font, double width, int maximum)
    {
        var lines = new List<string>();
        var rest = Clean(text);
        while (rest.Length > 0)
        {
            if (lines.Count == maximum - 1 || font.MeasureText(rest) <= width)
            {
                lines.Add(Fit(rest, font, width));
                break;
            }

            var end = rest.LastIndexOf(' ');
            while (end > 0 && font.MeasureText(rest[..end]) > width)
                end = rest.LastIndexOf(' ', end - 1);
            if (end <= 0)
            {
                lines.Add(Fit(rest, font, width));
                break;
            }

            lines.Add(rest[..end]);
            rest = rest[(end + 1)..];
        }

        return lines;
    }

    /// <summary>Characters of a text that are looked at: far more than a line holds.</summary>
    private const int MaximumLength = 1_000;
}
