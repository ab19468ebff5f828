using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>The time ranges of a device (<c>time-range</c>), by name, with their lines as text.</summary>
internal sealed class TimeRanges
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Takes a definition and notes its lines.</summary>
    public void Add(PolicyDraft draft, Statement statement)
    {
        draft.Understood(statement.Line);
        foreach (var child in statement.Children)
            draft.Understood(child.Line);
        _texts[statement.Word(1)] = ConfigurationText.Shown(
            $"{statement.Word(1)}: {string.Join("; ", statement.Children.Take(4).Select(child => child.Rest(0)))}");
    }

    /// <summary>Puts the condition of a time range on an entry.</summary>
    public void Apply(EntryDraft entry, string name)
    {
        if (_texts.TryGetValue(name, out var text))
            entry.Add(ConditionKind.Schedule, text);
        else
            entry.Fail(ConditionKind.Schedule, name,
                $"the time range '{ConfigurationText.Shown(name)}' is not defined");
    }
}
