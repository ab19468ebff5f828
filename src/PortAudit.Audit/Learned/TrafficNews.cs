using System.Collections.Immutable;
using PortAudit.Audit.Findings;

namespace PortAudit.Audit.Learned;

/// <summary>What an audit saw that a baseline does not know.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="Caveats">Differences that may explain what is new, one sentence each.</param>
/// <param name="Rows">What is new, in the order of services.</param>
/// <param name="NotListed">Rows beyond the limit.</param>
public sealed record TrafficNews(LearnedTraffic Baseline, ImmutableArray<string> Caveats, ImmutableArray<NewsRow> Rows,
    int NotListed)
{
    /// <summary>Findings of each kind that are listed at most. More are a change of the network or of the site file,
    /// not
    /// news.</summary>
    public const int MaximumFindings = 50;
}

/// <summary>A service that a finding calls new or changed, as it would stand in a baseline.</summary>
/// <param name="Finding"><see cref="Finding.Id"/>.</param>
/// <param name="Kind"><see cref="Finding.Kind"/>.</param>
/// <param name="Entry">The service.</param>
/// <param name="IsNew">True when the baseline does not have it.</param>
public sealed record NewsRow(string Finding, FindingKind Kind, LearnedEntry Entry, bool IsNew)
{
    /// <summary>Intervals of <see cref="FirstIntervalsNs"/> at most.</summary>
    public const int MaximumIntervals = 24;

    /// <summary>Connections that the baseline has of the service between these roles, by the hour of the day (UTC): 24
    /// numbers.</summary>
    public ImmutableArray<long> HoursBefore { get; init; } = [.. new long[LearnedEntry.HoursPerDay]];

    /// <summary>Of regular connections, the first intervals between them, in nanoseconds, in their order, of the pair
    /// of hosts that connects most often; empty for others.</summary>
    public ImmutableArray<long> FirstIntervalsNs { get; init; } = [];
}
