using PortAudit.Audit;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Tests.Audit.State;
using static PortAudit.Tests.EndToEnd.ObservedSample;

namespace PortAudit.Tests.EndToEnd;

/// <summary>An audit of the sample captures that is saved in between and taken up again says what one says that saw all
/// in one go.</summary>
public sealed class SavedStateTruthTests
{
    [Theory]
    [InlineData("lync-edge")]
    [InlineData("domain")]
    [InlineData("media")]
    [InlineData("firewall")]
    public void An_interrupted_audit_gives_the_report_of_one_that_was_not(string sample)
    {
        var observed = ObservedSample.Of(sample);

        // As a program that starts again reads them: the same files, other objects.
        var again = SiteLoader.Load(Repository.PathOf("captures", sample, "site.yaml"), null);
        var (flows, observation) = (observed.Flows, observed.Observation);
        var whole = observed.NewAuditor(withTimelines: true);
        foreach (var flow in flows)
            whole.Add(flow);
        var (json, html) = (Json(observation, whole), Html(observation, whole));

        foreach (var split in new[] { 0, 1, flows.Length / 3, flows.Length / 2, flows.Length - 1, flows.Length })
        {
            var auditor = observed.NewAuditor(withTimelines: true);
            foreach (var flow in flows[..split])
                auditor.Add(flow);
            var saved = Resumed(observed, again, auditor);
            foreach (var flow in flows[split..])
                saved.Auditor.Add(flow);
            saved = Resumed(observed, again, saved.Auditor);

            Assert.Equal(json, Json(saved.Observation, saved.Auditor));
            Assert.Equal(html, Html(saved.Observation, saved.Auditor));
        }
    }

    /// <summary>Saved, taken up, saved and taken up again.</summary>
    private static SavedAudit Resumed(ObservedSample observed, SiteLoad again, Auditor auditor)
    {
        var bytes = SavedState.Of(auditor, observed.Observation);
        var saved = SavedState.Load(bytes, again.Catalogs!, again.Site!, withTimelines: true);
        Assert.Equal(bytes, SavedState.Of(saved.Auditor, saved.Observation));
        Assert.Equal(StateGraph.Describe(auditor, observed.Observation),
            StateGraph.Describe(saved.Auditor, saved.Observation));
        return saved;
    }
}
