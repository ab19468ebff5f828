using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>An access list as it is read.</summary>
/// <param name="name">Its name as the file writes it.</param>
/// <param name="shown">Its name as reports show it, unique in the file.</param>
/// <param name="line">Where it begins.</param>
internal sealed class AccessListDraft(string name, string shown, int line)
{
    /// <summary>Remarks above one entry that are kept as its comment.</summary>
    private const int MaxRemarks = 8;

    private readonly List<string> _remarks = [];

    /// <summary>Its name as the file writes it.</summary>
    public string Name => name;

    /// <summary>Its name as reports show it.</summary>
    public string Shown => shown;

    /// <summary>Where it begins.</summary>
    public int Line => line;

    /// <summary>Its entries in their order.</summary>
    public List<EntryDraft> Entries { get; } = [];

    /// <summary>Keeps a remark for the next entry.</summary>
    public void Remark(string text)
    {
        if (_remarks.Count < MaxRemarks)
            _remarks.Add(ConfigurationText.Shown(text));
    }

    /// <summary>The remarks since the last entry; null without one.</summary>
    public string? TakeRemarks()
    {
        if (_remarks.Count == 0)
            return null;
        var comment = string.Join(' ', _remarks);
        _remarks.Clear();
        return comment;
    }

    /// <summary>Its entries as rules, without the default.</summary>
    public ImmutableArray<PolicyRule> Rules(PolicyDraft draft) =>
        [.. Entries.SelectMany(entry => entry.Rules(draft, shown))];
}
