using System.Text;

namespace PortAudit.Cli.Manual;

/// <summary>Writes a manual page with the macros of man(7), which every system's <c>man</c> reads.</summary>
/// <param name="output">Where the page goes.</param>
internal sealed class RoffWriter(TextWriter output)
{
    /// <summary>The head of the page.</summary>
    /// <param name="name">Name of the program.</param>
    /// <param name="version">Its version, shown at the foot.</param>
    public void Title(string name, string version) =>
        Line($".TH {Quoted(name.ToUpperInvariant())} 1 \"\" {Quoted(version)} \"User Commands\"");

    public void Section(string title) => Line($".SH {Quoted(title)}");

    public void Subsection(string title) => Line($".SS {Quoted(title)}");

    public void Paragraph(string text)
    {
        Line(".PP");
        Lines(text);
    }

    /// <summary>A term and what it means, indented.</summary>
    /// <param name="term">Shown in bold.</param>
    /// <param name="text">What it means.</param>
    public void Definition(string term, string text)
    {
        Line(".TP");
        Line($"\\fB{Escape(term)}\\fR");
        Lines(text);
    }

    public void Example(params ReadOnlySpan<string> lines)
    {
        Line(".PP");
        Line(".RS 4");
        Line(".nf");
        foreach (var line in lines)
            Line(Guarded(line));
        Line(".fi");
        Line(".RE");
    }

    private void Lines(string text)
    {
        var first = true;
        foreach (var line in text.Split('\n'))
        {
            if (!first)
                Line(".br");
            Line(Guarded(line));
            first = false;
        }
    }

    private void Line(string text) => output.Write($"{text}\n");

    /// <summary>A line of text that no dot or quote at its start makes a request.</summary>
    private static string Guarded(string line) => line is ['.' or '\'', ..] ? $"\\&{Escape(line)}" : Escape(line);

    private static string Quoted(string text) => $"\"{Escape(text).Replace("\"", "\\(dq", StringComparison.Ordinal)}\"";

    /// <summary>Text with what the macros would read otherwise: a backslash begins an escape, and a plain minus,
    /// accent or quote is set as a typographical one, which cannot be copied into a shell.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
            escaped.Append(character switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '\'' => "\\(aq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                _ => character.ToString(),
            });
        return escaped.ToString();
    }
}
