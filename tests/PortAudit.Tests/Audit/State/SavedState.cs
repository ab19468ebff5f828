using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Audit.State;

/// <summary>Saves audits to bytes and takes them up.</summary>
internal static class SavedState
{
    public static byte[] Of(Auditor auditor, ObservationSummary observation)
    {
        using var stream = new MemoryStream();
        AuditState.Save(auditor, observation, "1.2.3", stream);
        return stream.ToArray();
    }

    public static SavedAudit Load(byte[] bytes, CatalogSet catalogs, SiteFile site, bool withTimelines = false,
        LearningOptions? learning = null, TrendPeriod? by = null)
    {
        using var stream = new MemoryStream(bytes);
        Assert.True(AuditState.TryLoad(stream, catalogs, site, withTimelines, [], out var saved, out var problem,
            learning, by: by), problem?.Text);
        return saved;
    }
}
