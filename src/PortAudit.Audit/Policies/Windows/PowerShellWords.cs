using System.Text;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Words of a PowerShell command over several lines. Quotes and the brackets of arrays are taken away, and the
/// values of an array stay together: <c>-LocalPort 80, 443</c> has the value <c>80,443</c>.</summary>
internal sealed class PowerShellWords
{
    /// <summary>Words of one command that are kept; New-NetFirewallRule has some 40 parameters.</summary>
    private const int MaxWords = 256;

    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();
    private char _quote;
    private int _brackets;
    private bool _isWord;
    private bool _afterComma;

    /// <summary>The words so far.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>True when a quote or bracket is not closed.</summary>
    public bool IsOpen => _quote != '\0' || _brackets > 0;

    /// <summary>Takes a line; true when the command goes on in the next one.</summary>
    public bool Take(string line)
    {
        var goesOn = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (_quote != '\0')
                TakeQuoted(line, ref at);
            else if (letter is '\'' or '"')
                (_quote, _isWord, _afterComma) = (letter, true, false);
            else if (letter == '`' && line.AsSpan(at + 1).Trim().IsEmpty)
                goesOn = true;
            else if (letter is ';' or '|' or '#' or '}' or '>' && _brackets == 0)
            {
                if (letter == '>' && _word.ToString() is "*" or "1" or "2")
                    (_, _isWord) = (_word.Clear(), false); // the stream that is redirected
                break;
            }
            else if (letter is '(' or ')')
                _brackets = Math.Max(0, _brackets + (letter == '(' ? 1 : -1));
            else if (letter == '@' && at + 1 < line.Length && line[at + 1] == '(')
                continue;
            else if (letter == ',')
                TakeComma();
            else if (char.IsWhiteSpace(letter))
                End(line, at);
            else
                Append(letter);
        }

        if (_quote == '\0')
            End(line, line.Length);
        return goesOn || IsOpen || _afterComma;
    }

    private void TakeQuoted(string line, ref int at)
    {
        var letter = line[at];
        var next = at + 1 < line.Length ? line[at + 1] : '\0';
        if (letter == _quote && next == _quote || letter == '`' && _quote == '"' && next != '\0')
            _word.Append(line[++at]);
        else if (letter == _quote)
            _quote = '\0';
        else
            _word.Append(letter);
    }

    private void TakeComma()
    {
        _word.Append(',');
        (_isWord, _afterComma) = (true, true);
    }

    private void Append(char letter)
    {
        _word.Append(letter);
        (_isWord, _afterComma) = (true, false);
    }

    /// <summary>Ends a word, unless a list goes on or is in brackets.</summary>
    private void End(string line, int at)
    {
        if (!_isWord || _afterComma || _brackets > 0 || line.AsSpan(at).TrimStart() is [',', ..])
            return;
        if (_words.Count < MaxWords)
            _words.Add(_word.ToString());
        _word.Clear();
        _isWord = false;
    }
}
