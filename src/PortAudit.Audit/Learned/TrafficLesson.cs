using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Learned;

/// <summary>What an audit learned, and what of it a baseline does not know.</summary>
/// <param name="Learned">What it learned.</param>
/// <param name="News">What is new; null without a baseline.</param>
/// <param name="Findings">The findings about that.</param>
internal sealed record TrafficLesson(LearnedTraffic Learned, TrafficNews? News, ImmutableArray<FindingDraft> Findings)
{
    /// <summary>Draws the lesson; null when the audit does not learn.</summary>
    public static TrafficLesson? Of(TrafficLedger? ledger, LearningOptions? learning, SiteFile site,
        CatalogSet catalogs, ObservationSummary observation)
    {
        if (ledger is null)
            return null;
        var periodic = ledger.PeriodicPairs;
        var learned = LearnedTraffic.Of(ledger, periodic, site, [.. catalogs.Files.Select(file => file.Id)],
            observation);
        if (learning?.Against is not { } baseline)
            return new TrafficLesson(learned, null, []);
        var news = TrafficComparison.Of(baseline, learned, ledger, periodic, out var findings);
        return new TrafficLesson(learned, news, findings);
    }
}
