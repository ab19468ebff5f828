using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads the <c>set</c> form of a configuration (<c>set cli config-output-format set</c>), with <c>delete</c>
/// and <c>move</c> as operators type them.</summary>
internal sealed class PanOsCommands
{
    /// <summary>Parts of entries that take one word or a list in brackets.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "from", "to", "source", "destination", "source-user", "application", "service", "category", "action",
        "disabled", "negate-source", "negate-destination", "log-start", "log-end", "log-setting", "schedule", "tag",
        "description", "rule-type", "hip-profiles", "source-hip", "destination-hip", "group-tag", "uuid",
        "icmp-unreachable", "ip-netmask", "ip-range", "ip-wildcard", "fqdn", "static", "members", "nat-type",
        "to-interface", "interface", "metric", "admin-dist",
    };

    /// <summary>Commands that take out or move something: each may go through all entries, so that more of them
    /// would take hours on a hostile file.</summary>
    private const int MaxEdits = 10_000;

    private readonly PanOsTree _tree = new();
    private readonly List<QuotedWord> _words = [];
    private int _edits;
    private PanOsNode? _last;

    /// <summary>Reads all commands.</summary>
    public static PanOsTree Read(ConfigurationText text, PolicyDraft draft)
    {
        var commands = new PanOsCommands();
        var words = new QuotedWords(text, "[]");
        while (words.Peek is not null)
        {
            var first = words.Line + 1;
            words.TryRead(commands._words);
            commands.Take(draft, first, words);
            if (commands._tree.IsFull)
            {
                commands._tree.Cut(words.Line, $"more than {PanOsTree.MaxNodes} words");
                break;
            }
        }

        return commands._tree;
    }

    private void Take(PolicyDraft draft, int first, QuotedWords words)
    {
        var line = draft.Text.Lines[first - 1];
        _last = null;
        if (words.IsCut || words.IsBroken)
        {
            draft.NotEvaluable(first, words.Trouble);
            TakeUnread();
        }
        else if (_words.Count == 0 || line.TrimStart() is ['#' or '!', ..] || IsPrompt(line))
        {
            draft.Blank(first);
        }
        else if (_words[0].Text is not ("set" or "delete" or "move" or "show"))
        {
            draft.NotEvaluable(first, "not recognised");
        }
        else if (_words[0].Text == "show")
        {
            draft.Other(first);
        }
        else if (!TryApply())
        {
            TakeUnread();
            draft.NotEvaluable(first, _words[0].Text == "set" ? "the command is not complete"
                : $"there is nothing to {_words[0].Text}");
        }
        else if (_last is null)
        {
            draft.Understood(first);
        }

        if (_last is { } node)
            _tree.Mark(node, first, words.Line);
    }

    /// <summary>Sets what of a command could be read, with a value that nothing is known of for the rest.</summary>
    private void TakeUnread()
    {
        if (_words is not [{ Text: "set" }, _, ..])
        {
            return;
        }

        _words[^1] = new QuotedWord(PanOsTree.Unread, _words[^1].Line, true);
        if (_words.Any(word => word.Is('[')))
            _words.Add(new QuotedWord("]", _words[^1].Line, false));
        TrySet();
    }

    private bool TryApply() => _words[0].Text switch
    {
        "set" => TrySet(),
        "delete" => IsWithinEdits() && TryDelete(),
        _ => IsWithinEdits() && TryMove(),
    };

    private bool IsWithinEdits()
    {
        _tree.IsUnordered |= ++_edits > MaxEdits;
        return _edits <= MaxEdits;
    }

    private bool TrySet()
    {
        var (node, i, isEntry, isContainer) = (_tree.Root, 1, false, false);
        if (_words.Count < 2)
            return false;
        while (i < _words.Count && i < PanOsTree.MaxDepth)
        {
            var word = _words[i];
            if (word.Is('['))
                return TryPutList(node, ref i) && i == _words.Count;
            if ((isEntry && Parts.Contains(word.Text)) || (node.Name is "tcp" or "udp" && word.Text.EndsWith("port",
                StringComparison.Ordinal)))
            {
                if (!TryPutPart(node, ref i))
                    return false;
                continue;
            }

            node = ++i == _words.Count ? _tree.Put(node, word.Text, word.Line)
                : _tree.GetOrAdd(node, word.Text, word.Line);
            (isEntry, isContainer) = (isContainer, !isContainer && PanOsTree.Containers.Contains(word.Text));
        }

        _last ??= node;
        return i == _words.Count;
    }

    /// <summary>Puts a part of an entry and its value or values.</summary>
    private bool TryPutPart(PanOsNode entry, ref int i)
    {
        var part = _tree.GetOrAdd(entry, _words[i].Text, _words[i].Line);
        _last = part;
        if (++i == _words.Count)
            return true;
        if (_words[i].Is('['))
            return TryPutList(part, ref i);
        _last = _tree.Put(part, _words[i].Text, _words[i].Line);
        i++;
        return true;
    }

    private bool TryPutList(PanOsNode part, ref int i)
    {
        _last = part;
        for (i++; i < _words.Count; i++)
        {
            if (_words[i].Is(']'))
            {
                i++;
                return true;
            }

            _last = _tree.GetOrAdd(part, _words[i].Text, _words[i].Line);
        }

        return false;
    }

    private bool TryDelete()
    {
        var (parent, node) = (_tree.Root, _tree.Root);
        foreach (var word in _words.Skip(1).Where(word => !word.Is('[') && !word.Is(']')))
        {
            parent = node;
            if (node.Find(word.Text) is not { } child)
                return false;
            node = child;
        }

        if (ReferenceEquals(node, parent))
            return false;
        parent.Remove(node);
        return true;
    }

    /// <summary><c>move PATH NAME top|bottom</c>, <c>move PATH NAME before|after OTHER</c>.</summary>
    private bool TryMove()
    {
        var isBeside = _words.Count > 4 && _words[^2].Text is "before" or "after";
        var length = _words.Count - (isBeside ? 2 : 1);
        if (length < 3 || (!isBeside && _words[^1].Text is not ("top" or "bottom")))
            return false;
        PanOsNode? parent = _tree.Root;
        for (var i = 1; i < length - 1; i++)
            parent = parent?.Find(_words[i].Text);
        if (parent?.Find(_words[length - 1].Text) is not { } moved)
            return false;
        var other = isBeside ? parent.Find(_words[^1].Text) : null;
        if (isBeside && (other is null || ReferenceEquals(other, moved)))
            return false;
        parent.Remove(moved);
        var index = _words[^1].Text == "top" ? 0 : parent.Children.Count;
        if (other is not null)
            index = parent.Children.ToList().IndexOf(other) + (_words[^2].Text == "after" ? 1 : 0);
        parent.Insert(index, moved);
        return true;
    }

    /// <summary><c>[edit]</c> or <c>user@device(active)#</c>, as a terminal's log has them.</summary>
    private static bool IsPrompt(string line) =>
        line.Trim() is "[edit]" or "exit" || (line.TrimEnd().EndsWith('#')
            && line.Contains('@', StringComparison.Ordinal) && !line.Trim().Contains(' ', StringComparison.Ordinal));
}
