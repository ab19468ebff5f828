using System.Buffers;
using System.Text;

namespace PortAudit.Reports.Writing;

/// <summary>
/// Text escaped so that a Markdown renderer shows it literally (CommonMark 0.31 §2.4, §2.5, §6): names from the network
/// make no table cell, link, picture, HTML or emphasis. Characters that cannot be seen are written out first
/// (<see cref="VisibleText"/>), so nothing begins a line of its own.
/// </summary>
internal static class MarkdownText
{
    private const string Scheme = "://";
    private const string WebHost = "www.";

    /// <summary>Escaped by a backslash (CommonMark §2.4).</summary>
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("\\`*_[]~$");

    /// <summary>The text between other text of a line.</summary>
    public static string Escape(string text)
    {
        var visible = VisibleText.Escape(text);
        var escaped = new StringBuilder(visible.Length + 16);
        for (var index = 0; index < visible.Length; index++)
        {
            var character = visible[index];
            if (Punctuation.Contains(character))
                escaped.Append('\\').Append(character);
            else
                AppendOther(escaped, visible, index);
        }

        return escaped.ToString();
    }

    /// <summary>
    /// The text at the begin of a line or list item, where some more characters would begin a block (CommonMark §4,
    /// §5): a dash, a plus, a hash, an equals sign, a bracket of quotations, digits before a point or parenthesis.
    /// </summary>
    public static string EscapeLine(string text)
    {
        var escaped = Escape(text.TrimStart(' '));
        var digits = escaped.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits > 0 && (escaped[digits] is '.' or ')'))
            return escaped.Insert(digits, "\\");
        return escaped is ['-' or '+' or '#' or '=' or '>', ..] ? $"\\{escaped}" : escaped;
    }

    /// <summary>The text as a block of code, which a renderer shows character by character (CommonMark §4.5): a fence
    /// that is longer than any in it.</summary>
    public static string Fence(IEnumerable<string> lines, string indent)
    {
        var visible = lines.Select(VisibleText.Escape).ToList();
        var fence = new string('`', Math.Max(3, visible.Max(LongestFence) + 1));
        return string.Concat(new[] { $"{fence}text" }.Concat(visible).Append(fence)
            .Select(line => $"{indent}{line}\n"));
    }

    /// <summary>
    /// Entities stand for what tables, HTML and renderers that link bare addresses (GitHub Flavored Markdown §4.10,
    /// §6.9) look for in the source: a backslash before them is not enough in all.
    /// </summary>
    private static void AppendOther(StringBuilder escaped, string text, int index)
    {
        var entity = text[index] switch
        {
            '<' => "&lt;",
            '&' => "&amp;",
            '|' => "&#124;",
            '@' => "&#64;",
            ':' when StartsAt(text, index, Scheme) => "&#58;",
            '.' when index >= WebHost.Length - 1 && StartsAt(text, index - (WebHost.Length - 1), WebHost) => "&#46;",
            _ => null,
        };
        if (entity is null)
            escaped.Append(text[index]);
        else
            escaped.Append(entity);
    }

    private static bool StartsAt(string text, int index, string word) =>
        text.AsSpan(index).StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static int LongestFence(string line)
    {
        var (longest, current) = (0, 0);
        foreach (var character in line)
        {
            current = character == '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
