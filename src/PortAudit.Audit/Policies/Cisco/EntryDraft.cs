using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>An entry of an access list as it is read. What cannot be read leaves the entry open.</summary>
/// <param name="line">Where it stands; the first line is 1.</param>
internal sealed class EntryDraft(int line)
{
    private readonly List<PolicyCondition> _conditions = [];

    /// <summary>Where it stands.</summary>
    public int Line => line;

    /// <summary>Its number in the list: of an ASA the line, of IOS the sequence number.</summary>
    public int Number { get; set; }

    /// <summary>The elements that the device made of it by resolving groups and names (<c>show access-list</c>); empty
    /// when the file has none.</summary>
    public List<EntryDraft> Elements { get; } = [];

    /// <summary>What it does; null when that cannot be read.</summary>
    public PolicyAction? Action { get; set; }

    /// <summary>Addresses of the sender.</summary>
    public AddressMatch Source { get; set; } = AddressMatch.Any;

    /// <summary>Addresses of the receiver.</summary>
    public AddressMatch Destination { get; set; } = AddressMatch.Any;

    /// <summary>Services, any of which has to match.</summary>
    public ImmutableArray<ServiceMatch> Services { get; set; } = [ServiceMatch.Any];

    /// <summary>States of the connection.</summary>
    public ConnectionStates States { get; set; } = ConnectionStates.All;

    /// <summary>False when it is switched off.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The remarks above it; null without one.</summary>
    public string? Comment { get; set; }

    /// <summary>What the device counted; null without a counter.</summary>
    public long? Hits { get; set; }

    /// <summary>Why a part of it is not evaluated; null when all of it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Notes that a part, which is left open, cannot be evaluated; the first reason counts.</summary>
    public void Fail(string reason) => Fault ??= reason;

    /// <summary>Adds a condition that cannot be evaluated, and says so.</summary>
    public void Fail(ConditionKind kind, string text, string reason)
    {
        Add(kind, text);
        Fail(reason);
    }

    /// <summary>Leaves the whole entry open.</summary>
    public void FailWhole(string reason)
    {
        Source = Destination = AddressMatch.Any;
        Services = [ServiceMatch.Any];
        States = ConnectionStates.All;
        Fail(ConditionKind.Other, reason, reason);
    }

    /// <summary>Adds a condition.</summary>
    public void Add(ConditionKind kind, string text) =>
        _conditions.Add(new PolicyCondition(kind, ConfigurationText.Shown(text)));

    /// <summary>The entry as rules, and its line as understood or not. Two rules, one of which may apply, when it
    /// cannot be told what it does.</summary>
    /// <param name="draft">The file.</param>
    /// <param name="list">Name of the list.</param>
    public IEnumerable<PolicyRule> Rules(PolicyDraft draft, string list)
    {
        foreach (var element in Elements)
            draft.Understood(element.Line);
        if (Fault is not null && Elements.Count > 0 && Elements.TrueForAll(element => element.Fault is null))
        {
            draft.Understood(line);
            return Elements.SelectMany((element, index) => element.Own(draft, $"{list} {Number}.{index + 1}"));
        }

        return Own(draft, $"{list} {Number}");
    }

    private IEnumerable<PolicyRule> Own(PolicyDraft draft, string name)
    {
        if (Fault is null)
            draft.Understood(line);
        else
            draft.NotEvaluable(line, Fault);
        if (Action is { } action)
            return [Rule(draft, name, action)];
        return [Rule(draft, name, PolicyAction.Permit), Rule(draft, $"{name} (or deny)", PolicyAction.Drop)];
    }

    private PolicyRule Rule(PolicyDraft draft, string name, PolicyAction action) => new()
    {
        Name = name,
        Line = draft.Line(line),
        Text = draft.Shown(line),
        Action = action,
        Source = Source,
        Destination = Destination,
        Services = Services,
        States = States,
        Conditions = [.. _conditions],
        IsEnabled = IsEnabled,
        Comment = Comment,
        Hits = Hits,
    };
}
