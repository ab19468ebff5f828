using System.Globalization;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>An access list with its kind and how far it is read.</summary>
/// <param name="draft">The list.</param>
/// <param name="kind">Its kind.</param>
internal sealed class IosList(AccessListDraft draft, IosListKind kind)
{
    /// <summary>Highest sequence number that is read: entries without one follow behind it.</summary>
    private const int MaxSequence = 1_000_000_000;

    private readonly HashSet<int> _numbers = [];
    private int _last;

    /// <summary>The list.</summary>
    public AccessListDraft Draft => draft;

    /// <summary>Its kind.</summary>
    public IosListKind Kind => kind;

    /// <summary>True when it comes from <c>show access-lists</c>.</summary>
    public bool IsShown { get; set; }

    /// <summary>Adds an entry under its sequence number, or, without one, 10 behind the last.</summary>
    public void Add(EntryDraft entry, int? sequence)
    {
        const int Step = 10;
        if (sequence > MaxSequence)
        {
            entry.FailWhole($"a sequence number above {MaxSequence}");
            sequence = null;
        }

        if (sequence is { } twice && _numbers.Contains(twice))
        {
            entry.FailWhole($"the sequence number {twice} is used twice");
            sequence = null;
        }

        entry.Number = sequence ?? _last + Step;
        _numbers.Add(entry.Number);
        _last = Math.Max(_last, entry.Number);
        draft.Entries.Add(entry);
    }
}

/// <summary>Reads access lists, named and numbered, of a configuration and of <c>show access-lists</c>.</summary>
/// <param name="device">What entries refer to.</param>
/// <param name="tables">Receives the lists.</param>
internal sealed class IosListReader(IosDevice device, AccessListTable tables)
{
    private const string ForeignReason = "lists of NX-OS, EOS and IOS XR are not evaluated";

    private readonly PolicyDraft _draft = device.Draft;
    private readonly IosEntryReader _entries = new(device);
    private readonly Dictionary<string, IosList> _lists = new(StringComparer.Ordinal);

    /// <summary>The list of a name; null without one.</summary>
    public IosList? Find(string name) => _lists.GetValueOrDefault(name);

    /// <summary>Forgets a list.</summary>
    public void Remove(string name)
    {
        tables.Remove(_draft, name);
        _lists.Remove(name);
    }

    /// <summary>Reads <c>ip access-list KIND NAME</c> with its entries.</summary>
    public void ReadNamed(Statement statement)
    {
        var kind = statement.Word(2).ToLowerInvariant() switch
        {
            "standard" => IosListKind.Standard,
            "extended" => IosListKind.Extended,
            _ => (IosListKind?)null,
        };
        if (statement.Word(2).ToLowerInvariant() is "resequence" or "log-update" or "logging" or "helper"
            or "persistent" or "match-local-traffic")
            _draft.Other(statement.Line);
        else if (kind is { } known && statement.Word(3).Length > 0)
            ReadBody(statement, Open(statement.Word(3), known, statement.Line));
        else
            ReadForeign(statement, statement.Word(2));
    }

    /// <summary>Reads <c>ipv6 access-list NAME</c> with its entries.</summary>
    public void ReadVersion6(Statement statement)
    {
        if (statement.Words.Length == 3)
            ReadBody(statement, Open(statement.Word(2), IosListKind.Version6, statement.Line));
        else if (statement.Has(2, "log-update"))
            _draft.Other(statement.Line);
        else
            ReadForeign(statement, statement.Word(3));
    }

    /// <summary>Reads the head of a list in <c>show access-lists</c>: <c>Extended IP access list NAME</c>.</summary>
    public void ReadShown(Statement statement)
    {
        var kind = statement.Keyword switch
        {
            "standard" => IosListKind.Standard,
            "ipv6" => IosListKind.Version6,
            _ => IosListKind.Extended,
        };
        var at = statement.Keyword == "ipv6" ? 3 : 4;
        var name = statement.Word(at);
        var isNew = Find(name) is null;
        var list = Open(name, kind, statement.Line);
        list.IsShown |= isNew;
        _draft.Understood(statement.Line);
        foreach (var child in statement.Children)
            ReadEntry(child, list, new WordCursor(child, 0), isShown: true);
    }

    /// <summary>Reads <c>access-list NUMBER …</c>.</summary>
    public void ReadNumbered(Statement statement)
    {
        var name = statement.Word(1);
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || KindOf(number) is not { } kind)
        {
            ReadForeign(statement, name);
            return;
        }

        var list = Open(name, kind, statement.Line);
        if (statement.Words.Length == 2)
            ReadBody(statement, list);
        else
            ReadEntry(statement, list, new WordCursor(statement, 2), isShown: false);
    }

    /// <summary>A list of a product or kind that is not evaluated: one entry that leaves everything open.</summary>
    public void ReadForeign(Statement statement, string name, string reason = ForeignReason)
    {
        _draft.NotEvaluable(statement.Line, reason);
        foreach (var child in statement.Children)
            _draft.NotEvaluable(child.Line, reason);
        if (name.Length == 0)
            return;
        var list = Open(name, IosListKind.Extended, statement.Line);
        if (list.Draft.Entries.Count > 0)
            return;
        var entry = new EntryDraft(statement.Line);
        entry.FailWhole(reason);
        list.Add(entry, null);
    }

    /// <summary>Numbers of lists of IP ("access-list (IP standard)" and "(IP extended)").</summary>
    private static IosListKind? KindOf(int number) => number switch
    {
        >= 1 and <= 99 or >= 1300 and <= 1999 => IosListKind.Standard,
        >= 100 and <= 199 or >= 2000 and <= 2699 => IosListKind.Extended,
        _ => null,
    };

    private IosList Open(string name, IosListKind kind, int line)
    {
        if (!_lists.TryGetValue(name, out var list))
            _lists[name] = list = new IosList(tables.Open(name, line), kind);
        return list;
    }

    private void ReadBody(Statement statement, IosList list)
    {
        _draft.Understood(statement.Line);
        foreach (var child in statement.Children)
            ReadEntry(child, list, new WordCursor(child, 0), isShown: false);
    }

    private void ReadEntry(Statement statement, IosList list, WordCursor words, bool isShown)
    {
        int? sequence = null;
        words.Take("sequence");
        if (int.TryParse(words.Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            sequence = number;
            words.Next();
        }

        if (words.Keyword is "remark" or "description")
        {
            _draft.Understood(statement.Line);
            list.Draft.Remark(statement.Rest(words.Position + 1));
            return;
        }

        if (words.Keyword is "exit" or "exit-access-list")
        {
            _draft.Other(statement.Line);
            return;
        }

        var entry = _entries.Read(statement, words, list.Kind);
        entry.Comment = list.Draft.TakeRemarks();
        sequence ??= SequenceOf(statement);
        if (isShown && !list.IsShown)
            Count(statement, list, entry, sequence);
        else if (!isShown && list.IsShown)
            // The configuration behind its "show access-lists": the same entries once more.
            _draft.Understood(statement.Line);
        else
            list.Add(entry, sequence);
    }

    /// <summary>The number in <c>permit … sequence 10</c>, as IPv6 lists are shown.</summary>
    private static int? SequenceOf(Statement statement) => statement.Words.Length > 2
        && statement.Has(statement.Words.Length - 2, "sequence")
        && int.TryParse(statement.Words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Takes the counter of an entry that the configuration gave already.</summary>
    private void Count(Statement statement, IosList list, EntryDraft shown, int? sequence)
    {
        _draft.Understood(statement.Line);
        var at = list.Draft.Entries.BinarySearch(new EntryDraft(0) { Number = sequence ?? 0 }, ByNumber.Instance);
        if (at >= 0)
            list.Draft.Entries[at].Hits = shown.Hits;
        else
            _draft.NotEvaluable(statement.Line, "the configuration has no such entry");
    }

    /// <summary>Entries by sequence number.</summary>
    private sealed class ByNumber : IComparer<EntryDraft>
    {
        public static ByNumber Instance { get; } = new();

        public int Compare(EntryDraft? first, EntryDraft? second) =>
            (first?.Number ?? 0).CompareTo(second?.Number ?? 0);
    }
}
