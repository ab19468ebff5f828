using System.Globalization;
using System.Text;

namespace PortAudit.Reports.Writing;

/// <summary>
/// Makes text from the network or from a file name safe to show: whatever a terminal or a reader's eye could take for
/// something other than a printed character is written out as <c>\u{HEX}</c> (Unicode TR 36 §2.10, TR 39 §3.1). A
/// backslash before such a sequence is not doubled: the result is for people, not for reading back.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with every unprintable character written out; the same instance when there is none.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
                return EscapeEach(text);
        }

        return text;
    }

    /// <summary>
    /// False for control characters (C0 and C1, escape among them), format characters (the right-to-left marks and
    /// overrides, zero-width characters), line and paragraph separators, unassigned and private code points, and what
    /// stands in for a lone surrogate.
    /// </summary>
    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string EscapeEach(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[index]:X4}}}");
                index++;
                continue;
            }

            if (IsPrintable(rune))
                escaped.Append(text, index, rune.Utf16SequenceLength);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            index += rune.Utf16SequenceLength;
        }

        return escaped.ToString();
    }
}
