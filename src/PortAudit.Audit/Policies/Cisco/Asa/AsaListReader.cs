using System.Globalization;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads <c>access-list</c> lines, of a configuration and of <c>show access-list</c>.</summary>
/// <param name="device">What entries refer to.</param>
/// <param name="lists">Receives the lists.</param>
internal sealed class AsaListReader(AsaDevice device, AccessListTable lists)
{
    private readonly PolicyDraft _draft = device.Draft;
    private readonly AsaEntryReader _entries = new(device);
    private readonly Dictionary<AccessListDraft, Progress> _progress = [];

    /// <summary>Reads a line with the indented ones below it.</summary>
    public void Read(Statement statement)
    {
        ReadOne(statement);
        foreach (var child in statement.Children)
        {
            if (child.Keyword == "access-list")
                ReadOne(child);
            else if (child.Keyword == "alert-interval")
                _draft.Other(child.Line);
            else
                _draft.NotEvaluable(child.Line, $"unknown keyword '{ConfigurationText.Shown(child.Word(0))}'");
        }
    }

    /// <summary>Notes that a command takes entries away, which leaves the list open from there.</summary>
    public void ReadRemoval(Statement statement, string name)
    {
        const string Reason = "a command that removes entries";
        var entry = new EntryDraft(statement.Line);
        entry.FailWhole(Reason);
        if (lists.Find(name) is { } list)
            Append(list, entry);
        _draft.NotEvaluable(statement.Line, Reason);
    }

    private void ReadOne(Statement statement)
    {
        var name = statement.Word(1);
        if (name.ToLowerInvariant() is "alert-interval" or "deny-flow-max" or "cached")
        {
            _draft.Other(statement.Line);
            return;
        }

        if (name.EndsWith(';'))
        {
            // The head of a list in "show access-list": access-list NAME; 3 elements; name hash: 0x1
            _draft.Understood(statement.Line);
            var shown = lists.Open(name[..^1], statement.Line);
            Of(shown).IsShown = Of(shown).Lines == 0;
            return;
        }

        if (statement.Words.Length < 3)
        {
            _draft.NotEvaluable(statement.Line, "an incomplete line");
            return;
        }

        var list = lists.Open(name, statement.Line);
        var words = new WordCursor(statement, 2);
        var position = 0;
        if (words.Take("line") && !int.TryParse(words.Next(), NumberStyles.None, CultureInfo.InvariantCulture,
            out position))
            position = 0;
        if (words.Take("remark"))
            ReadRemark(statement, list, words, position);
        else
            ReadEntry(statement, list, words, position);
    }

    private void ReadRemark(Statement statement, AccessListDraft list, WordCursor words, int position)
    {
        _draft.Understood(statement.Line);
        list.Remark(statement.Rest(words.Position));
        if (position == 0 || !Of(list).IsShown)
            Of(list).Lines++;
    }

    private void ReadEntry(Statement statement, AccessListDraft list, WordCursor words, int position)
    {
        var entry = ReadKind(statement, words);
        entry.Comment = list.TakeRemarks();
        var progress = Of(list);
        var isShown = position > 0 && (progress.IsShown || entry.Hits is not null);
        if (isShown && progress.Lines > 0)
            Count(statement, list, entry, position);
        else if (isShown)
            AddShown(list, entry, position);
        else if (progress.IsShown && list.Entries.Count > 0)
            // The configuration behind its "show access-list": the same entries once more.
            _draft.Understood(statement.Line);
        else if (position > 0 && position <= progress.Lines)
            Insert(list, entry, position);
        else
            Append(list, entry);
    }

    private EntryDraft ReadKind(Statement statement, WordCursor words)
    {
        var kind = words.Keyword;
        if (kind is "extended" or "standard")
        {
            words.Next();
            return _entries.Read(statement, words, kind == "standard");
        }

        if (kind is "permit" or "deny")
            return _entries.Read(statement, words, isStandard: false);
        var entry = new EntryDraft(statement.Line);
        entry.FailWhole(kind is "ethertype" or "webtype" or "advanced"
            ? $"{kind} lists are not evaluated"
            : $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'");
        return entry;
    }

    /// <summary>Takes the counter of an entry that the configuration gave already.</summary>
    private void Count(Statement statement, AccessListDraft list, EntryDraft shown, int position)
    {
        _draft.Understood(statement.Line);
        var (low, high) = (0, list.Entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = list.Entries[middle];
            if (entry.Number == position)
            {
                if (entry.Hits is null)
                    entry.Hits = shown.Hits;
                else
                    entry.Elements.Add(shown);
                return;
            }

            if (entry.Number < position)
                low = middle + 1;
            else
                high = middle - 1;
        }

        _draft.NotEvaluable(statement.Line, "the configuration has no such entry");
    }

    /// <summary>Adds an entry of <c>show access-list</c>; one of the same line as the last is an element of it.
    /// </summary>
    private void AddShown(AccessListDraft list, EntryDraft entry, int position)
    {
        Of(list).IsShown = true;
        entry.Number = position;
        if (list.Entries is [.., var last] && last.Number == position)
            last.Elements.Add(entry);
        else if (list.Entries is [.., var later] && later.Number > position)
            // The output once more: the same entries again.
            _draft.Understood(entry.Line);
        else
            list.Entries.Add(entry);
    }

    private void Append(AccessListDraft list, EntryDraft entry)
    {
        entry.Number = ++Of(list).Lines;
        list.Entries.Add(entry);
    }

    private void Insert(AccessListDraft list, EntryDraft entry, int position)
    {
        Of(list).Lines++;
        entry.Number = position;
        var at = list.Entries.FindIndex(known => known.Number >= position);
        if (at < 0)
            at = list.Entries.Count;
        for (var index = at; index < list.Entries.Count; index++)
            list.Entries[index].Number++;
        list.Entries.Insert(at, entry);
    }

    private Progress Of(AccessListDraft list)
    {
        if (!_progress.TryGetValue(list, out var progress))
            _progress[list] = progress = new Progress();
        return progress;
    }

    /// <summary>How far a list is read.</summary>
    private sealed class Progress
    {
        /// <summary>Lines of the configuration, remarks included: they number the entries.</summary>
        public int Lines { get; set; }

        /// <summary>True when the list is known from <c>show access-list</c>.</summary>
        public bool IsShown { get; set; }
    }
}
