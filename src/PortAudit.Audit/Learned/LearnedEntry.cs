using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Learned;

/// <summary>What is known of a service that one role, in one segment, uses of another.</summary>
public sealed record LearnedEntry
{
    /// <summary>Hosts of a side that are kept.</summary>
    public const int MaximumHosts = 256;

    /// <summary>Days that are kept.</summary>
    public const int MaximumDays = 400;

    /// <summary>Issuers, interfaces and periods that are kept.</summary>
    public const int MaximumNames = 50;

    /// <summary>Hours of a day.</summary>
    public const int HoursPerDay = 24;

    /// <summary>Role of the originators.</summary>
    public required string FromRole { get; init; }

    /// <summary>Role of the responders.</summary>
    public required string ToRole { get; init; }

    /// <summary>Segment of the originators.</summary>
    public required string FromSegment { get; init; }

    /// <summary>Segment of the responders.</summary>
    public required string ToSegment { get; init; }

    /// <summary>IP protocol.</summary>
    public required IpProtocol Transport { get; init; }

    /// <summary>Port of the responders, a small range, or <c>dynamic</c>; empty without ports.</summary>
    public required string Ports { get; init; }

    /// <summary>Protocol and service that bytes prove; empty when none do.</summary>
    public required string Name { get; init; }

    /// <summary>Number of connections.</summary>
    public long Connections { get; init; }

    /// <summary>Start of the first in nanoseconds since the Unix epoch; null for an accepted service that was not
    /// seen.</summary>
    public long? FirstNs { get; init; }

    /// <summary>Start of the last.</summary>
    public long? LastNs { get; init; }

    /// <summary>Days (UTC) on which connections began, ascending, the first <see cref="MaximumDays"/>.</summary>
    public ImmutableArray<DateOnly> Days { get; init; } = [];

    /// <summary>Connections by the hour of the day (UTC) in which they began: 24 numbers.</summary>
    public ImmutableArray<long> Hours { get; init; } = [.. new long[HoursPerDay]];

    /// <summary>Originators, the first by address.</summary>
    public LearnedSet<IpAddress> Clients { get; init; } = LearnedSet<IpAddress>.None;

    /// <summary>Responders, the first by address.</summary>
    public LearnedSet<IpAddress> Servers { get; init; } = LearnedSet<IpAddress>.None;

    /// <summary>Payload bytes that the originator sent in a connection.</summary>
    public SizeDistribution Sent { get; init; } = new(0, []);

    /// <summary>Payload bytes that the originator received.</summary>
    public SizeDistribution Received { get; init; } = new(0, []);

    /// <summary>Issuers of the servers' certificates.</summary>
    public LearnedSet<string> Issuers { get; init; } = LearnedSet<string>.None;

    /// <summary>Interfaces that clients asked for on connections that carry several, and what announced the
    /// ports.</summary>
    public LearnedSet<string> Interfaces { get; init; } = LearnedSet<string>.None;

    /// <summary>Periods in which a host connects to another, in nanoseconds, ascending.</summary>
    public LearnedSet<long> Periods { get; init; } = LearnedSet<long>.None;

    /// <summary>Why somebody accepted it; null for what was only seen.</summary>
    public string? Accepted { get; init; }

    /// <summary>Identifier, the same in every baseline.</summary>
    public string Id => Key.Id;

    /// <summary>The service in a few words: <c>tcp 5985 http/winrm</c>.</summary>
    public string Service => Key.Service;

    internal TrafficKey Key => new(FromRole, ToRole, FromSegment, ToSegment, Transport, Ports, Name);

    /// <summary>What two baselines know of one service.</summary>
    internal LearnedEntry UnionWith(LearnedEntry other) => this with
    {
        Connections = Connections + other.Connections,
        FirstNs = FirstNs is { } first && other.FirstNs is { } second ? Math.Min(first, second)
            : FirstNs ?? other.FirstNs,
        LastNs = LastNs is { } last && other.LastNs is { } later ? Math.Max(last, later) : LastNs ?? other.LastNs,
        Days = [.. Days.Union(other.Days).Order().Take(MaximumDays)],
        Hours = [.. Hours.Zip(other.Hours, (one, two) => one + two)],
        Clients = Clients.UnionWith(other.Clients, MaximumHosts, Comparer<IpAddress>.Default),
        Servers = Servers.UnionWith(other.Servers, MaximumHosts, Comparer<IpAddress>.Default),
        Sent = Sent.UnionWith(other.Sent),
        Received = Received.UnionWith(other.Received),
        Issuers = Issuers.UnionWith(other.Issuers, MaximumNames, StringComparer.Ordinal),
        Interfaces = Interfaces.UnionWith(other.Interfaces, MaximumNames, StringComparer.Ordinal),
        Periods = Periods.UnionWith(other.Periods, MaximumNames, Comparer<long>.Default),
        Accepted = Accepted ?? other.Accepted,
    };
}

/// <summary>Members of a set, the first in their order.</summary>
/// <param name="Kept">The members, ascending.</param>
/// <param name="HasMore">True when there were more than are kept.</param>
public sealed record LearnedSet<T>(ImmutableArray<T> Kept, bool HasMore)
{
    /// <summary>The empty set.</summary>
    internal static readonly LearnedSet<T> None = new([], HasMore: false);

    internal LearnedSet<T> UnionWith(LearnedSet<T> other, int limit, IComparer<T> order)
    {
        ImmutableArray<T> all = [.. Kept.Union(other.Kept).Order(order)];
        return new LearnedSet<T>([.. all.Take(limit)], HasMore || other.HasMore || all.Length > limit);
    }
}
