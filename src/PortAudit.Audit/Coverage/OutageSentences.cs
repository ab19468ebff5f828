using PortAudit.Audit.Wording;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>When interfaces of a live capture were away, one sentence for each interface.</summary>
internal static class OutageSentences
{
    /// <summary>Times that a sentence names at most; the rest are counted.</summary>
    private const int MaximumNamed = 3;

    public static IEnumerable<string> Of(ObservationSummary observation)
    {
        var outages = observation.Captures.SelectMany(capture => capture.Annotations.Outages)
            .OrderBy(outage => outage.FromNs).ToLookup(outage => outage.Name ?? "", StringComparer.Ordinal);
        foreach (var away in outages.OrderBy(away => away.Key, StringComparer.Ordinal))
        {
            var times = away.ToList();
            var more = times.Count > MaximumNamed
                ? $", and {Quantity.Of(times.Count - MaximumNamed, "more time")}"
                : "";
            yield return $"The interface {away.Key} was away "
                + $"{string.Join(", ", times.Take(MaximumNamed).Select(Time))}{more}: traffic there at "
                + $"that time is unknown, and what seems missing may be among it.";
        }

        if (observation.Captures.Sum(capture => capture.Annotations.OutagesNotListed) is > 0 and var notListed)
            yield return $"Interfaces were away {Quantity.Of(notListed, "more time")}, not listed.";
    }

    private static string Time(CaptureOutage outage) => outage.ToNs is { } to
        ? $"from {SentenceTime.ToText(outage.FromNs)} to {SentenceTime.ToText(to)}"
        : $"from {SentenceTime.ToText(outage.FromNs)} until the capture ended";
}
