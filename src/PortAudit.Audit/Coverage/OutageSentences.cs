using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>When interfaces of a live capture were away, one sentence for each interface; and when what wrote a flow
/// log did not record all.</summary>
internal static class OutageSentences
{
    /// <summary>Times that a sentence names at most; the rest are counted.</summary>
    private const int MaximumNamed = 3;

    public static IEnumerable<string> Of(ObservationSummary observation)
    {
        var outages = observation.Captures.Where(capture => capture.Log is null)
            .SelectMany(capture => capture.Annotations.Outages).OrderBy(outage => outage.FromNs)
            .ToLookup(outage => outage.Name ?? "", StringComparer.Ordinal);
        foreach (var away in outages.OrderBy(away => away.Key, StringComparer.Ordinal))
        {
            yield return $"The interface {away.Key} was away "
                + $"{Times([.. away.Select(outage => (outage.FromNs, outage.ToNs))])}: traffic there at that time is "
                + "unknown, and what seems missing may be among it.";
        }

        foreach (var sentence in OfLogs(observation))
            yield return sentence;
        if (observation.Captures.Sum(capture => capture.Annotations.OutagesNotListed) is > 0 and var notListed)
            yield return $"Interfaces were away {Quantity.Of(notListed, "more time")}, not listed.";
    }

    private static IEnumerable<string> OfLogs(ObservationSummary observation)
    {
        var logs = observation.Captures.Where(capture => capture.Log is not null)
            .ToLookup(capture => (Source: capture.Log!.Name, Points: string.Join(", ", capture.Points)),
                capture => capture.Annotations.Outages);
        foreach (var log in logs.OrderBy(log => log.Key))
        {
            var times = Absences.Union(log.SelectMany(outages => outages)
                .Select(outage => new CaptureGap(outage.FromNs, outage.ToNs ?? long.MaxValue)));
            if (!times.IsEmpty)
                yield return $"{log.Key.Source} did not record all packets "
                    + $"{(log.Key.Points.Length == 0 ? "" : $"at {log.Key.Points} ")}"
                    + $"{Times([.. times.Select(time => (time.FromNs, (long?)time.ToNs))])}: what seems missing may "
                    + "have passed then.";
        }
    }

    private static string Times(ImmutableArray<(long FromNs, long? ToNs)> times) =>
        string.Join(", ", times.Take(MaximumNamed).Select(Time))
        + (times.Length > MaximumNamed ? $", and {Quantity.Of(times.Length - MaximumNamed, "more time")}" : "");

    private static string Time((long FromNs, long? ToNs) time) => time.ToNs is { } to
        ? $"from {SentenceTime.ToText(time.FromNs)} to {SentenceTime.ToText(to)}"
        : $"from {SentenceTime.ToText(time.FromNs)} until the capture ended";
}
