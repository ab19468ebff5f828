using System.Globalization;
using PortAudit.Reports.Text;
using PortAudit.Reports.Writing;
using Spectre.Console;

namespace PortAudit.Reports.Watch;

/// <summary>A line of a screen, of parts with styles of their own.</summary>
internal sealed class ScreenLine(params (string Text, Style? Style)[] parts)
{
    private const string Ellipsis = "…";

    /// <summary>The parts that fit into so many columns; where something is left out, an ellipsis says so.</summary>
    public (string Text, Style? Style)[] CutTo(int width)
    {
        var kept = new List<(string, Style?)>();
        foreach (var (text, style) in parts.Select(part => (VisibleText.Escape(part.Text), part.Style)))
        {
            var columns = TableWidths.Columns(text);
            if (columns > width)
            {
                kept.Add((Cut(text, width), style));
                break;
            }

            kept.Add((text, style));
            width -= columns;
        }

        return [.. kept];
    }

    /// <summary>The text in exactly so many columns: cut, or with blanks behind it.</summary>
    public static string Fit(string text, int width)
    {
        var cut = TableWidths.Columns(text) > width ? Cut(text, width) : text;
        return cut + new string(' ', Math.Max(0, width - TableWidths.Columns(cut)));
    }

    private static string Cut(string text, int width)
    {
        if (width < 1)
            return "";
        var (end, columns) = (0, 1);
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            columns += TableWidths.Columns(elements.GetTextElement());
            if (columns > width)
                break;
            end = elements.ElementIndex + elements.GetTextElement().Length;
        }

        return text[..end] + Ellipsis;
    }
}
