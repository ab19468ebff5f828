using System.Text;
using System.Xml.Linq;

namespace PortAudit.Tests.Conventions;

/// <summary>Writes docs/limits.md: values come from the code, descriptions from its XML documentation.</summary>
internal static class LimitPage
{
    /// <summary>Longest line, in characters (<c>.editorconfig</c>).</summary>
    private const int MaximumColumns = 120;

    private const string Introduction = """
        # Limits

        Every table and every loop over input has a limit. Reaching one does not stop a run: what was left out is
        counted where the arrow points. Dotted names are properties of the JSON report.

        A test writes this page (`tools/refresh-goldens --filter LimitTests`) from the comments of the constants and
        `tests/PortAudit.Tests/Conventions/Limits.cs`. A message beyond the limits of its view is not recognised.

        """;

    private static readonly Dictionary<string, XElement> Members = Limits.Chapters
        .SelectMany(chapter => chapter.Limits)
        .Select(limit => limit.Owner.Assembly)
        .Distinct()
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .Where(member => ((string)member.Attribute("name")!).StartsWith("F:PortAudit.", StringComparison.Ordinal))
        .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>The whole page.</summary>
    public static string Text()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var (title, limits) in Limits.Chapters)
        {
            page.Append($"\n## {title}\n\n");
            foreach (var limit in limits)
                page.Append(Wrapped($"- `{limit.Symbol}` {limit.ValueText}: {Summary(limit)} → {limit.Shown}"));
        }

        return page.ToString();
    }

    /// <summary>The summary of a constant, in Markdown.</summary>
    private static string Summary(Limit limit)
    {
        var summary = Members.GetValueOrDefault(limit.DocumentationId)?.Element("summary");
        Assert.True(summary is not null, $"{limit.Symbol} has no summary to describe it");
        var text = string.Concat(summary.Nodes().Select(NodeText));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string NodeText(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } reference => $"`{ShortName(reference)}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };

    /// <summary>The last two parts of a name in XML documentation: the type and its member.</summary>
    private static string ShortName(string reference) => string.Join('.', reference[2..].Split('.')[^2..]);

    /// <summary>The entry in lines that fit, with their line ends.</summary>
    private static string Wrapped(string entry)
    {
        var lines = new StringBuilder();
        var column = 0;
        foreach (var word in entry.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > MaximumColumns)
            {
                lines.Append("\n  ");
                column = 2;
            }
            else if (column > 0)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.Append('\n').ToString();
    }
}
