using System.Collections.Frozen;
using System.Text;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Roles;

/// <summary>Untrusted text in a YAML file (YAML 1.2.2): names from the network and of files are in comments, without
/// line ends.</summary>
internal static class YamlText
{
    /// <summary>Words that YAML 1.1 or 1.2 readers take for something else than text.</summary>
    private static readonly FrozenSet<string> Reserved =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "true", "false", "yes", "no", "on", "off", "y", "n", "null",
            "nan");

    /// <summary>
    /// Text for a comment: everything but printable ASCII is escaped as <c>\u{HEX}</c>. Stricter than
    /// <see cref="VisibleText"/>, as YAML 1.1 ends lines at U+0085, U+2028 and U+2029 and rejects some printable
    /// characters.
    /// </summary>
    public static string Comment(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and <= '~')
                escaped.Append((char)rune.Value);
            else
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
        }

        return escaped.ToString();
    }

    /// <summary>A value of letters, digits, dots, hyphens, underscores, colons and slashes: as it is where every reader
    /// takes that for text, else in quotes.</summary>
    public static string Value(string text)
    {
        var isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && !Reserved.Contains(text)
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
        return isPlain ? text : $"\"{text}\"";
    }

    /// <summary>An IPv4 address or prefix as it is, one of IPv6 in quotes: its colons mean something at the end of a
    /// word.</summary>
    public static string Address(string text) => text.Contains(':', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
