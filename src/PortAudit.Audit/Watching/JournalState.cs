using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Watching;

/// <summary>What a <see cref="WatchJournal"/> knows.</summary>
/// <param name="Sequence">Number of the latest event.</param>
/// <param name="Findings">The findings that were reported and still hold, by identifier.</param>
/// <param name="Rules">The statuses that were reported, in order.</param>
/// <param name="Dropped">Lost packets that were reported.</param>
/// <param name="Shed">The same of what was not looked at.</param>
public sealed record JournalState(long Sequence, ImmutableSortedDictionary<string, KnownFinding> Findings,
    ImmutableArray<KnownRule> Rules, long Dropped, ShedCounts Shed)
{
    /// <summary>Nothing was reported.</summary>
    public static JournalState Blank { get; } =
        new(0, ImmutableSortedDictionary<string, KnownFinding>.Empty, [], 0, default);
}

/// <summary>What was reported of a finding.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How much it mattered.</param>
/// <param name="Originators">Originating hosts that it listed.</param>
/// <param name="Responders">Responding hosts that it listed.</param>
public readonly record struct KnownFinding(FindingKind Kind, Severity Severity, int Originators, int Responders)
{
    /// <summary>What is worth telling again: another severity, or hosts that were not there before.</summary>
    internal ImmutableArray<string> ChangesSince(KnownFinding before) =>
    [
        .. Severity != before.Severity ? ["severity"] : ImmutableArray<string>.Empty,
        .. Originators > before.Originators || Responders > before.Responders
            ? ["hosts"]
            : ImmutableArray<string>.Empty,
    ];
}

/// <summary>A rule and a pair of roles.</summary>
/// <param name="Rule">The rule's identifier.</param>
/// <param name="From">The originating role.</param>
/// <param name="To">The responding role.</param>
public readonly record struct RuleKey(string Rule, string From, string To) : IComparable<RuleKey>
{
    /// <inheritdoc />
    public int CompareTo(RuleKey other)
    {
        var order = string.CompareOrdinal(Rule, other.Rule);
        order = order != 0 ? order : string.CompareOrdinal(From, other.From);
        return order != 0 ? order : string.CompareOrdinal(To, other.To);
    }
}

/// <summary>What was reported of a rule.</summary>
/// <param name="Key">The rule.</param>
/// <param name="Status">Its status.</param>
public readonly record struct KnownRule(RuleKey Key, RuleStatus Status);
