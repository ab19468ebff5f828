using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Watching;

/// <summary>Something that came to light while traffic was watched.</summary>
/// <param name="Sequence">Number of the event, from 1 on and without a gap, over all runs that share a state.</param>
/// <param name="Time">When it was noticed.</param>
public abstract record WatchEvent(long Sequence, DateTimeOffset Time);

/// <summary>A finding is new, has changed, or does not stand any more.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Time">When it was noticed.</param>
/// <param name="Change">Which of these.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Finding">The finding; null when it is gone.</param>
/// <param name="Changed">What has changed: <c>severity</c>, <c>hosts</c>; empty for another change.</param>
public sealed record FindingEvent(long Sequence, DateTimeOffset Time, WatchChange Change, string Id, FindingKind Kind,
    Finding? Finding, ImmutableArray<string> Changed)
    : WatchEvent(Sequence, Time);

/// <summary>The status of a rule has changed for a pair of roles.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Time">When it was noticed.</param>
/// <param name="Row">The rule as it stands.</param>
/// <param name="Before">Its status before; null at the first evaluation.</param>
public sealed record StatusEvent(long Sequence, DateTimeOffset Time, RuleRow Row,
    RuleStatus? Before) : WatchEvent(Sequence, Time);

/// <summary>Packets were lost, or could not be looked at.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Time">When it was noticed.</param>
/// <param name="Dropped">Packets that were lost so far.</param>
/// <param name="MoreDropped">Those lost since the previous evaluation.</param>
/// <param name="Shed">What was not looked at so far.</param>
public sealed record DropsEvent(long Sequence, DateTimeOffset Time, long Dropped, long MoreDropped,
    ShedCounts Shed) : WatchEvent(Sequence, Time);

/// <summary>The current state.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="Time">When it was noticed.</param>
/// <param name="Report">The report.</param>
/// <param name="IsLast">True when watching ends with it.</param>
public sealed record SummaryEvent(long Sequence, DateTimeOffset Time, AuditReport Report,
    bool IsLast) : WatchEvent(Sequence, Time);

/// <summary>How a finding changed between two evaluations.</summary>
public enum WatchChange
{
    /// <summary>It was not there before.</summary>
    New,

    /// <summary>It was there, with another severity or fewer hosts.</summary>
    Changed,

    /// <summary>It is not there any more: what it said of some flows is said otherwise now, or is not true any
    /// more.</summary>
    Gone,
}

/// <summary>The names of <see cref="WatchChange"/> in output.</summary>
public static class WatchChangeText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this WatchChange change) => change switch
    {
        WatchChange.New => "new",
        WatchChange.Changed => "changed",
        WatchChange.Gone => "gone",
    };
}
