using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Reads the blocks of a configuration (<c>show full-configuration</c>, a backup; FortiOS Administration
/// Guide, "CLI basics"), with the editing commands that operators type.</summary>
internal sealed class FortiTree
{
    /// <summary>Blocks inside each other; devices have eight and fewer.</summary>
    private const int MaxDepth = 32;

    /// <summary>Blocks and values that are kept, some 150 bytes each: 50,000 policies have two million.</summary>
    private const int MaxNodes = 6_000_000;

    /// <summary>Commands that take out or move an entry: each may go through all entries.</summary>
    private const int MaxEdits = 10_000;

    /// <summary>Setting of an entry of which a line could not be read.</summary>
    public const string Unread = "(not read)";

    private readonly List<Mention> _mentions = [];
    private readonly Stack<(FortiBlock Block, bool IsEntry)> _open = new();
    private int _tooDeep;
    private int _nodes;
    private int _edits;

    private readonly record struct Mention(int First, int Last, FortiBlock Block);

    /// <summary>The file.</summary>
    public FortiBlock Root { get; } = new("", 0, null);

    /// <summary>Line from which on the file is missing or was not read; null when it was read to its end.</summary>
    public int? CutAt { get; private set; }

    /// <summary>True when commands that change the order were left out, so that nothing is known of it.</summary>
    public bool IsUnordered { get; private set; }

    /// <summary>Why.</summary>
    public string CutReason { get; private set; } = "not read";

    private FortiBlock Current => _open.TryPeek(out var top) ? top.Block : Root;

    /// <summary>Reads a file.</summary>
    public static FortiTree Read(PolicyDraft draft)
    {
        var tree = new FortiTree();
        var words = new QuotedWords(draft.Text, "");
        var read = new List<QuotedWord>();
        while (words.Peek is { } next)
        {
            var first = words.Line + 1;
            if (next.AsSpan().TrimStart() is ['#', ..])
            {
                draft.Blank(first);
                words.Skip();
                continue;
            }

            words.TryRead(read);
            if (words.IsCut || words.IsBroken)
                tree.Doubt(draft, first, words.Trouble);
            else if (read.Count > 0 && !tree.TryTake(read, first, words.Line))
                tree.Doubt(draft, first, "not recognised");
            if (tree._nodes < MaxNodes)
                continue;
            (tree.CutAt, tree.CutReason) = (words.Line, $"more than {MaxNodes} values");
            return tree;
        }

        foreach (var (block, _) in tree._open)
            block.Set(new FortiSetting(Unread, [Unread], draft.Text.Lines.Length));
        if (tree._open.Count > 0)
            (tree.CutAt, tree.CutReason) = (draft.Text.Lines.Length, "the file ends within a block");
        return tree;
    }

    /// <summary>Notes a line that is not read, and that its entry lacks what it says.</summary>
    private void Doubt(PolicyDraft draft, int line, string reason)
    {
        draft.NotEvaluable(line, reason);
        if (_open.TryPeek(out var top) && top.IsEntry)
            top.Block.Set(new FortiSetting(Unread, [Unread], line));
    }

    /// <summary>Tells a draft what each line is.</summary>
    public void Settle(PolicyDraft draft)
    {
        foreach (var (first, last, block) in _mentions)
        {
            var marked = block;
            while (marked.Use == FortiUse.Inherited && marked.Parent is { } parent)
                marked = parent;
            for (var line = first; line <= last; line++)
                Note(draft, marked, line);
        }

        for (var line = CutAt ?? int.MaxValue; line <= draft.Text.Lines.Length; line++)
            draft.NotEvaluable(line, CutReason);
    }

    private static void Note(PolicyDraft draft, FortiBlock block, int line)
    {
        switch (block.Use)
        {
            case FortiUse.Other:
                draft.Other(line);
                break;
            case FortiUse.Understood:
                draft.Understood(line);
                break;
            case FortiUse.NotEvaluable or FortiUse.Inherited:
                draft.NotEvaluable(line, block.Reason);
                break;
        }
    }

    private bool TryTake(List<QuotedWord> words, int first, int last)
    {
        var before = Current;
        var isKnown = words[0].Text switch
        {
            "config" => TryOpen(string.Join(' ', words.Skip(1).Select(word => word.Text)), first, false),
            "edit" => words.Count >= 2 && TryOpen(words[1].Text, first, true),
            "next" => TryClose(isEntry: true),
            "end" => TryClose(isEntry: false),
            "set" or "select" => TrySet(words, first),
            "append" => TryAppend(words, first),
            "unset" or "unselect" => TryUnset(words),
            "delete" or "move" or "rename" or "clone" or "purge" => IsWithinEdits() && TryEdit(words),
            _ => false,
        };
        if (isKnown)
            _mentions.Add(new Mention(first, last, words[0].Text is "config" or "edit" ? Current : before));
        return isKnown;
    }

    private bool IsWithinEdits()
    {
        IsUnordered |= ++_edits > MaxEdits;
        return _edits <= MaxEdits;
    }

    private bool TryOpen(string name, int line, bool isEntry)
    {
        if (name.Length == 0)
            return false;
        if (_open.Count >= MaxDepth)
        {
            _tooDeep += isEntry ? 0 : 1;
            return false;
        }

        var block = Current.Find(name);
        if (block is null)
        {
            _nodes++;
            block = new FortiBlock(name, line, Current);
            Current.Add(block);
        }

        _open.Push((block, isEntry));
        return true;
    }

    /// <summary><c>next</c> closes an entry; <c>end</c> closes a section, and the entry in which it stands.</summary>
    private bool TryClose(bool isEntry)
    {
        if (_tooDeep > 0)
        {
            _tooDeep -= isEntry ? 0 : 1;
            return false;
        }

        if (!_open.TryPeek(out var top) || (isEntry && !top.IsEntry))
            return false;
        _open.Pop();
        if (!isEntry && top.IsEntry)
            _open.TryPop(out _);
        return true;
    }

    private bool TrySet(List<QuotedWord> words, int line)
    {
        if (words.Count < 2 || _tooDeep > 0)
            return false;
        _nodes += words.Count - 1;
        Current.Set(new FortiSetting(words[1].Text, [.. words.Skip(2).Select(word => word.Text)], line));
        return true;
    }

    private bool TryAppend(List<QuotedWord> words, int line)
    {
        if (words.Count < 3 || _tooDeep > 0 || !IsWithinEdits())
            return false;
        _nodes += words.Count - 2;
        var before = Current.Words(words[1].Text);
        Current.Set(new FortiSetting(words[1].Text, [.. before, .. words.Skip(2).Select(word => word.Text)], line));
        return true;
    }

    private bool TryUnset(List<QuotedWord> words)
    {
        if (words.Count < 2 || _tooDeep > 0)
            return false;
        if (words.Count > 2 && Current.Setting(words[1].Text) is { } setting)
            Current.Set(setting with { Words = [.. setting.Words.Except(words.Skip(2).Select(word => word.Text))] });
        else
            Current.Unset(words[1].Text);
        return true;
    }

    private bool TryEdit(List<QuotedWord> words) => words.ConvertAll(word => word.Text) switch
    {
        ["delete", var name] => Current.Remove(name),
        ["move", var name, "before", var other] => Current.Move(name, other, isBehind: false),
        ["move", var name, "after", var other] => Current.Move(name, other, isBehind: true),
        ["rename", var name, "to", var other] => Current.Rename(name, other),
        ["clone", var name, "to", var other] => TryClone(name, other),
        _ => false,
    };

    private bool TryClone(string name, string other)
    {
        if (Current.Find(name) is not { } cloned || Current.Find(other) is not null)
            return false;
        _nodes += 1 + cloned.Settings.Sum(setting => setting.Words.Length) + cloned.Blocks.Count;
        var copy = new FortiBlock(other, cloned.Line, Current);
        copy.CopyFrom(cloned);
        Current.Add(copy);
        return true;
    }
}
