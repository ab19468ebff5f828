using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>The access lists of a file, by name, in the order in which they begin.</summary>
internal sealed class AccessListTable
{
    private readonly Dictionary<string, AccessListDraft> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);
    private readonly List<AccessListDraft> _lists = [];

    /// <summary>The lists in their order.</summary>
    public IEnumerable<AccessListDraft> Lists => _lists;

    /// <summary>The list of a name; null without one.</summary>
    public AccessListDraft? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The list of a name, made when it is new.</summary>
    public AccessListDraft Open(string name, int line)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;
        var list = new AccessListDraft(name, Unique(ConfigurationText.Shown(name)), line);
        _byName.Add(name, list);
        _lists.Add(list);
        return list;
    }

    /// <summary>Forgets a list, whose lines are understood all the same: those that follow give it anew.</summary>
    public void Remove(PolicyDraft draft, string name)
    {
        if (!_byName.Remove(name, out var list))
            return;
        _lists.Remove(list);
        foreach (var entry in list.Entries)
            draft.Understood(entry.Line);
    }

    /// <summary>A name that no other list is shown by: long names that begin alike are told apart by a
    /// number.</summary>
    public string Unique(string name)
    {
        if (_shown.TryAdd(name, 1))
            return name;
        string unique;
        do
            unique = $"{name} #{++_shown[name]}";
        while (!_shown.TryAdd(unique, 1));
        return unique;
    }
}
