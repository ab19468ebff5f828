using System.Text;

namespace PortAudit.Audit.Policies.Import;

/// <summary>A word of a command or of a configuration in braces.</summary>
/// <param name="Text">The word without quotation marks.</param>
/// <param name="Line">Line of its first character.</param>
/// <param name="IsQuoted">True when it was quoted, so that a bracket is no bracket.</param>
internal readonly record struct QuotedWord(string Text, int Line, bool IsQuoted)
{
    /// <summary>Whether it is a mark of the format.</summary>
    public bool Is(char mark) => !IsQuoted && Text.Length == 1 && Text[0] == mark;
}

/// <summary>Splits lines into words: quoted ones may hold blanks and line ends, brackets and braces stand alone.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="marks">Characters that are words of their own.</param>
internal sealed class QuotedWords(ConfigurationText text, string marks)
{
    /// <summary>Characters of a word: names have at most 79, descriptions 1,024 (PAN-OS and FortiOS administration
    /// guides).</summary>
    public const int MaxWord = 4096;

    /// <summary>Lines that a quoted word may span: a certificate has some 40, a banner some 100.</summary>
    private const int MaxQuotedLines = 1000;

    private int _line;

    /// <summary>Line of which the words were read last; the next one is read by <see cref="TryRead"/>.</summary>
    public int Line => _line;

    /// <summary>True when a quotation mark had no partner.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when the line was longer than is read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Why the line was not read as it stands, in a clause.</summary>
    public string Trouble => IsCut ? "the line is too long to be read" : "a quotation mark is not closed";

    /// <summary>The next line without splitting it; null at the end of the file.</summary>
    public string? Peek => _line < text.Lines.Length ? text.Lines[_line] : null;

    /// <summary>Passes over a line.</summary>
    public void Skip() => _line++;

    /// <summary>Reads the words of the next line, and of those on which a quoted word goes on.</summary>
    /// <param name="words">Receives them.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryRead(List<QuotedWord> words)
    {
        words.Clear();
        (IsBroken, IsCut) = (false, false);
        if (_line >= text.Lines.Length)
            return false;
        var (line, word) = (Next(), new StringBuilder());
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            if (marks.Contains(line[i], StringComparison.Ordinal))
            {
                words.Add(new QuotedWord(line[i++].ToString(), _line, false));
                continue;
            }

            var first = _line;
            var isQuoted = line[i] is '"' or '\'' && TryReadQuoted(ref line, ref i, word);
            while (!isQuoted && i < line.Length && !char.IsWhiteSpace(line[i])
                && !marks.Contains(line[i], StringComparison.Ordinal))
                word.Append(line[i++]);
            words.Add(new QuotedWord(word.ToString(0, Math.Min(word.Length, MaxWord)), first, isQuoted));
            word.Clear();
        }

        return true;
    }

    /// <summary>Reads up to the closing mark. Without one the mark is an ordinary character.</summary>
    private bool TryReadQuoted(ref string line, ref int i, StringBuilder word)
    {
        var (start, firstLine, current, at, quote) = (i, _line, line, i + 1, line[i]);
        for (var lines = 0; lines < MaxQuotedLines; lines++)
        {
            for (; at < current.Length; at++)
            {
                if (current[at] == quote)
                {
                    (line, i) = (current, at + 1);
                    return true;
                }

                if (current[at] == '\\' && at + 1 < current.Length && current[at + 1] is '"' or '\'' or '\\')
                    at++;
                if (word.Length <= MaxWord)
                    word.Append(current[at]);
            }

            if (quote == '\'' || _line >= text.Lines.Length)
                break;
            word.Append('\n');
            (current, at) = (Next(), 0);
        }

        _line = firstLine;
        IsBroken = quote == '"';
        word.Clear().Append(line[start]);
        i = start + 1;
        return false;
    }

    private string Next()
    {
        var line = text.Lines[_line++];
        IsCut |= line.Length > ConfigurationText.MaxLineLength;
        return line.Length > ConfigurationText.MaxLineLength ? line[..ConfigurationText.MaxLineLength] : line;
    }
}
