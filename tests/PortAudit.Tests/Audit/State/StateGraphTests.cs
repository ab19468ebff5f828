using System.Text;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Connections;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Trends;
using PortAudit.Tests.Audit.Learned;
using PortAudit.Tests.Audit.Policies.Model;
using PortAudit.Tests.Audit.PolicyReview;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.State;

/// <summary>Nothing that an auditor or an observation holds is forgotten when it is saved, nor anything that is added
/// to them some day.</summary>
public sealed class StateGraphTests
{
    /// <summary>Fields that are filled when conclusions are drawn, in copies.</summary>
    private static readonly string[] FilledAtTheEnd = ["RowTally.ScanProbes"];

    /// <summary>What no flow has that may be a probe, and only of those judgements are kept.</summary>
    private static readonly string[] NeverOfProbes =
        ["Judgement.LacksMutualTls", "Judgement.Exceptions", "Judgement.Operations", "Judgement.IsUnlikeItsRules"];

    /// <summary>
    /// When this fails, a type that is saved has changed. Teach its <c>Persist</c> (or, for a record of Traffic, the
    /// <c>…Content</c> beside <see cref="AuditState"/>) what is new, raise <see cref="AuditState.FormatVersion"/>, and
    /// refresh the golden.
    /// </summary>
    [Fact]
    public void The_shape_of_a_state_is_that_of_its_format_version()
    {
        var text = new StringBuilder($"format {AuditState.FormatVersion}\n");
        foreach (var type in StateGraph.Types())
        {
            text.Append('\n').Append(StateGraph.Title(type)).Append('\n');
            foreach (var line in type.IsEnum ? Enum.GetNames(type) : StateGraph.FieldsOf(type)
                .Select(field => $"{StateGraph.NameOf(field)}: {StateGraph.Title(field.FieldType)}"))
                text.Append("    ").Append(line).Append('\n');
        }

        Golden.Equal("Audit/State/shape.txt", text.ToString());
    }

    [Fact]
    public void An_observation_in_which_nothing_is_as_by_default_comes_back_whole()
    {
        var observation = FilledRecord.Of<ObservationSummary>();

        Assert.Equal(StateGraph.Describe(observation),
            StateGraph.Describe(Reloaded(observation, ObservationContent.Observation)));
    }

    [Fact]
    public void A_flow_in_which_nothing_is_as_by_default_comes_back_whole()
    {
        var flow = FilledRecord.Of<FlowRecord>();

        Assert.Equal(StateGraph.Describe(flow), StateGraph.Describe(Reloaded(flow, FlowContent.Flow)));
    }

    /// <summary>That an auditor comes back whole is worth something only where its ledgers hold something: a new field
    /// that stays empty here needs a flow in the samples that fills it.</summary>
    [Fact]
    public void The_samples_fill_every_field_of_every_ledger()
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var auditor in Auditors())
            StateGraph.Collect(auditor, met);
        var fields = StateGraph.Types()
            .Where(type => !type.IsEnum && type.Assembly == typeof(Auditor).Assembly)
            .SelectMany(type =>
                StateGraph.FieldsOf(type).Select(field => $"{StateGraph.Definition(type)}.{StateGraph.NameOf(field)}"));

        var empty = fields.Except(met).Except(FilledAtTheEnd).Except(NeverOfProbes)
            .Where(field => !field.StartsWith("OperationUse.", StringComparison.Ordinal)
                && !field.StartsWith("SensitiveOperation.", StringComparison.Ordinal)).ToList();
        Assert.True(empty.Count == 0, string.Join(", ", empty));
    }

    [Fact]
    public void Objects_that_several_refer_to_are_one_object_again()
    {
        var announcement = FilledRecord.Of<AnnouncementUse>();
        var loaded = Reloaded(new[] { announcement, announcement },
            (archive, uses) => [.. archive.Array([.. uses ?? []], AnnouncementContent.Use)]);

        Assert.Same(loaded[0].Announcement, loaded[1].Announcement);
    }

    private static IEnumerable<Auditor> Auditors()
    {
        foreach (var sample in new[] { "lync-edge", "domain", "media", "firewall", "administration" })
        {
            var observed = ObservedSample.Of(sample);
            var auditor = Judged(new Auditor(observed.Load.Catalogs!, observed.Load.Site!, withTimelines: true,
                learning: new LearningOptions(LearningBench.Learn()), by: TrendPeriod.Day), observed.Flows);
            yield return auditor;
            yield return auditor.Settled(observed.Observation, new VlanPairs(), out _);
        }

        foreach (var (bench, flows) in new[] { (UnionTests.Bench(), UnionTests.Flows),
            (UnionTests.Bench(), UnionTests.TooMany), (Behind(RareFlows.Bench()), [.. RareFlows.All()]),
            (WideOpen(), [.. UnionTests.Flows, Midway]) })
        {
            bench.By = TrendPeriod.Day;
            var auditor = Judged(bench.NewAuditor(withTimelines: true), flows);
            yield return auditor;
            yield return auditor.Settled(bench.Observation, new VlanPairs(), out _);
        }
    }

    /// <summary>A site with a firewall that lets everything pass.</summary>
    private static AuditBench Behind(AuditBench bench)
    {
        bench.Policies = [ReviewSample.Bound(PolicyLines.Forwarding(PolicyLines.Default(PolicyAction.Permit)))];
        return bench;
    }

    /// <summary>A connection between two segments of which nothing proves who opened it.</summary>
    private static readonly FlowRecord Midway = FlowSample.Of("10.2.0.9:50000 tcp 10.0.0.1:443")
        .Basis(DirectionBasis.Port) with
    { SynCount = 0 };

    /// <summary>A site with a conduit, a network that a rule names, and a rule that allows everything.</summary>
    private static AuditBench WideOpen()
    {
        var bench = UnionTests.Bench();
        bench.Site = bench.Site with
        {
            Conduits = [new Conduit("internal", "perimeter", ConduitDefault.Forbidden, "reason", "owner", 1)],
            Rules =
            [
                RuleSample.Of("wide any any tcp,udp 1-65535 - any") with { Catalog = RuleScope.SiteCatalog },
                RuleSample.Of("own 10.0.0.0/8 any tcp 9 - any") with { Catalog = RuleScope.SiteCatalog },
            ],
        };
        bench.Policies = [ReviewSample.Bound(PolicyLines.Forwarding(
            PolicyLines.Rule("permit tcp any any 1-1024"), PolicyLines.Rule("permit any any 10.1.0.0/16") with
            {
                Conditions = [new PolicyCondition(ConditionKind.Schedule, "at night")],
            }, PolicyLines.Rule("permit udp any 10.1.0.0/16") with
            {
                Conditions = [new PolicyCondition(ConditionKind.Schedule, "by day")],
            }, PolicyLines.Default(PolicyAction.Drop)))];
        return bench;
    }

    private static Auditor Judged(Auditor auditor, IEnumerable<FlowRecord> flows)
    {
        foreach (var flow in flows)
            auditor.Add(flow);
        return auditor;
    }

    private static T Reloaded<T>(T value, Func<StateArchive, T?, T> content)
    {
        var knowledge = UnionTests.Bench().NewAuditor().Knowledge;
        using var stream = new MemoryStream();
        var saving = new StateSaving(knowledge, stream) { Captures = FilledRecord.Members };
        content(saving, value);
        saving.Flush();
        return content(new StateLoading(knowledge, stream.ToArray()) { Captures = FilledRecord.Members }, default);
    }
}
