using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using PortAudit.Reports.Writing;
using SkiaSharp;

namespace PortAudit.Reports.Pictures;

/// <summary>Makes Skia's SVG self-contained and deterministic: text becomes outlines, as the reader may lack the font,
/// and clip paths are renumbered from 1.</summary>
internal static partial class SvgText
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>The finished file, UTF-8.</summary>
    /// <param name="skia">What Skia wrote.</param>
    /// <param name="title">What the picture is.</param>
    /// <param name="summary">What is to be seen in it.</param>
    public static byte[] Finish(Stream skia, string title, string summary)
    {
        var root = XDocument.Load(skia).Root!;
        root.SetAttributeValue("viewBox", $"0 0 {root.Attribute("width")!.Value} {root.Attribute("height")!.Value}");
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", "title summary");
        NumberClips(root);
        foreach (var text in root.Descendants(Space + "text").ToList())
            text.ReplaceWith(Outlines(text));
        root.AddFirst(TextElement("title", "title", title), TextElement("desc", "summary", summary));
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineChars = "\n",
        }))
            root.Save(writer);
        return bytes.ToArray();
    }

    private static XElement TextElement(string element, string id, string text) =>
        new(Space + element, new XAttribute("id", id), VisibleText.Escape(text));

    private static void NumberClips(XElement root)
    {
        var names = root.DescendantsAndSelf().Attributes("id").Select((id, index) => (id.Value, index))
            .ToDictionary(id => id.Value, id => string.Create(CultureInfo.InvariantCulture, $"c{id.index + 1}"),
                StringComparer.Ordinal);
        foreach (var attribute in root.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name == "id")
                attribute.Value = names[attribute.Value];
            else
                attribute.Value = Reference().Replace(attribute.Value,
                    use => names.TryGetValue(use.Groups[1].Value, out var name) ? $"#{name}" : use.Value);
        }
    }

    private static XElement Outlines(XElement text)
    {
        using var font = PictureCanvas.FontOf(Number(text.Attribute("font-size")!.Value),
            text.Attribute("font-weight") is not null);
        var (x, y) = (Numbers(text.Attribute("x")!.Value), Numbers(text.Attribute("y")!.Value));
        var outlines = new SKPath();
        var letter = 0;
        foreach (var rune in text.Value.Trim().EnumerateRunes())
        {
            using var outline = font.GetGlyphPath(font.GetGlyph(rune.Value));
            outlines.AddPath(outline, x[Math.Min(letter, x.Count - 1)], y[Math.Min(letter, y.Count - 1)]);
            letter++;
        }

        using (outlines)
            return new XElement(Space + "path", text.Attribute("transform"), text.Attribute("fill"),
                new XAttribute("d", Decimals().Replace(outlines.ToSvgPathData(), Rounded)));
    }

    private static string Rounded(Match number) =>
        Math.Round(double.Parse(number.Value, CultureInfo.InvariantCulture), 2).ToString(CultureInfo.InvariantCulture);

    private static List<float> Numbers(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d+(?:e-?\d+)?")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"#(\w+)")]
    private static partial Regex Reference();
}
