using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Learned;

/// <summary>How a service that a baseline knows is used unlike before. Only more than before is told, never
/// less: that something was not seen is no news.</summary>
internal static class EntryChanges
{
    /// <summary>Days on which an hour has to have been watched, and a service used, before an hour is new.</summary>
    private const int LeastDays = 5;

    /// <summary>Clients are news when there are so many times those of the baseline, and so many more.</summary>
    private const int ClientFactor = 2;

    private const int FurtherClients = 5;

    /// <summary>A connection is larger than before when it is above the largest of so many by a factor, and not small
    /// anyway.</summary>
    private const int LeastConnections = 50;

    private const int SizeFactor = 4;

    private const long LeastBytes = 1_000_000;

    /// <summary>The changes, a clause each.</summary>
    /// <param name="now">What was seen.</param>
    /// <param name="before">What the baseline has of the same service.</param>
    /// <param name="baseline">The baseline.</param>
    public static IEnumerable<string> Of(LearnedEntry now, LearnedEntry before, LearnedTraffic baseline) =>
        new[]
        {
            Clients(now, before), Size("sent", now.Sent, before.Sent), Size("received", now.Received, before.Received),
            Hours(now, before, baseline), Names("new issuers of certificates", now.Issuers, before.Issuers),
            Names("new interfaces", now.Interfaces, before.Interfaces),
        }.OfType<string>();

    private static string? Clients(LearnedEntry now, LearnedEntry before)
    {
        var (few, many) = (before.Clients.Kept.Length, now.Clients.Kept.Length);
        if (before.Clients.HasMore || few == 0 || many < ClientFactor * few || many < few + FurtherClients)
            return null;
        return $"{(now.Clients.HasMore ? "more than " : "")}{Quantity.Of(many, "client")} use it, "
            + $"{Quantity.Count(few)} in the baseline";
    }

    private static string? Size(string verb, SizeDistribution now, SizeDistribution before)
    {
        var connections = before.Steps.Sum(step => step.Connections);
        if (connections < LeastConnections || now.Largest < LeastBytes || now.Largest / SizeFactor <= before.Largest)
            return null;
        return $"a connection {verb} {Quantity.Bytes(now.Largest)}, the largest of {Quantity.Count(connections)} in "
            + $"the baseline {Quantity.Bytes(before.Largest)}";
    }

    private static string? Hours(LearnedEntry now, LearnedEntry before, LearnedTraffic baseline)
    {
        if (before.Days.Length < LeastDays)
            return null;
        var hours = Enumerable.Range(0, LearnedEntry.HoursPerDay)
            .Where(hour => now.Hours[hour] > 0 && before.Hours[hour] == 0 && baseline.DaysWatchedAt(hour) >= LeastDays)
            .ToList();
        if (hours.Count == 0)
            return null;
        var named = string.Join(", ", hours.Select(hour => hour.ToString("00", CultureInfo.InvariantCulture)));
        return $"{Quantity.Of(hours.Sum(hour => now.Hours[hour]), "connection")} began in "
            + $"{Quantity.Word(hours.Count, "an hour", "hours")} of the day in which none did before ({named} UTC), on "
            + $"{Quantity.Of(hours.Min(baseline.DaysWatchedAt), "watched day")} or more";
    }

    private static string? Names(string what, LearnedSet<string> now, LearnedSet<string> before)
    {
        if (before.Kept.IsEmpty || before.HasMore)
            return null;
        ImmutableArray<string> added = [.. now.Kept.Except(before.Kept, StringComparer.Ordinal)];
        return added.IsEmpty ? null : $"{what}: {Findings.HostList.Of(added)}";
    }
}
