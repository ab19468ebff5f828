using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads the form in braces (<c>show config running</c>).</summary>
internal sealed class PanOsBraces
{
    private readonly PanOsTree _tree = new();
    private readonly List<PanOsNode> _open = [];
    private readonly List<QuotedWord> _statement = [];
    private int _tooDeep;

    /// <summary>Reads the whole file.</summary>
    public static PanOsTree Read(ConfigurationText text, PolicyDraft draft)
    {
        var braces = new PanOsBraces();
        var words = new QuotedWords(text, "[]{};");
        var read = new List<QuotedWord>();
        while (words.Peek is { } next && !braces._tree.IsFull)
        {
            var first = words.Line + 1;
            if (next.TrimStart() is ['#' or '!', ..] or ['s', 'h', 'o', 'w', ' ', ..])
            {
                draft.Blank(first);
                words.Skip();
                continue;
            }

            words.TryRead(read);
            if (words.IsCut || words.IsBroken)
            {
                draft.NotEvaluable(first, words.Trouble);
                braces._tree.Doubt(braces._open, first);
            }

            foreach (var word in read)
                braces.Take(word, words.Line);
        }

        if (braces._tree.IsFull)
            braces._tree.Cut(words.Line, $"more than {PanOsTree.MaxNodes} words");
        if (braces._open.Count > 0)
            braces._tree.Doubt(braces._open, text.Lines.Length);
        if (braces._open.Count > 0 && braces._tree.CutAt is null)
            braces._tree.Cut(text.Lines.Length, "the file ends within braces");
        return braces._tree;
    }

    private PanOsNode Current => _open.Count == 0 ? _tree.Root : _open[^1];

    private void Take(QuotedWord word, int line)
    {
        if (word.Is('{'))
        {
            if (_tooDeep > 0 || _open.Count >= PanOsTree.MaxDepth)
                _tooDeep++;
            else
                _open.Add(Put(line));
            _statement.Clear();
        }
        else if (word.Is('}'))
        {
            Close(line);
        }
        else if (word.Is(';'))
        {
            if (_tooDeep == 0)
                Put(line);
            _statement.Clear();
        }
        else if (_statement.Count < PanOsTree.MaxNodes)
        {
            _statement.Add(word);
        }
    }

    private void Close(int line)
    {
        if (_tooDeep > 0)
        {
            _tooDeep--;
        }
        else if (_open.Count > 0)
        {
            _tree.Mark(_open[^1], line, line);
            _open.RemoveAt(_open.Count - 1);
        }

        _statement.Clear();
    }

    /// <summary>Puts a statement: words below each other, those in brackets side by side.</summary>
    private PanOsNode Put(int line)
    {
        var (node, isList) = (Current, false);
        var last = node;
        for (var i = 0; i < _statement.Count; i++)
        {
            var word = _statement[i];
            if (word.Is('[') || word.Is(']'))
            {
                isList = word.Is('[');
                continue;
            }

            last = i == _statement.Count - 1 ? _tree.Put(node, word.Text, word.Line)
                : _tree.GetOrAdd(node, word.Text, word.Line);
            _tree.Mark(last, word.Line, word.Line);
            if (!isList && i < PanOsTree.MaxDepth)
                node = last;
        }

        if (last.Line > 0)
            _tree.Mark(last, last.Line, line);
        return node;
    }
}
