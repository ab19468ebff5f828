using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Connections;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Obsolete;
using PortAudit.Audit.Passages;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Scans;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Trends;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit;

/// <summary>Judges flows against catalogs and site. Flows may come in any order; the report is the same.</summary>
public sealed class Auditor : IArchived
{
    private readonly CatalogSet _catalogs;
    private readonly SiteFile _site;
    private readonly bool _withTimelines;
    private readonly RoleTree _roles;
    private readonly HostDirectory _directory;
    private readonly RuleIndex _applicable;
    private readonly RuleIndex _switchedOff;
    private readonly FlowJudge _judge;
    private readonly CautionIndex _cautions;
    private readonly ConduitIndex _conduits;
    private readonly ImmutableArray<BoundRule> _bound;
    private readonly RuleLedger _rules;
    private readonly AdviceIndex _advice;
    private readonly Allowances _allowances;
    private readonly ActivityLedger _activity = new();
    private readonly AuditLedgers _ledgers;
    private readonly ScanLedger _scans;
    private readonly ExceptionLedger _excused;
    private readonly AnswerLedger _answers = new();
    private readonly ConnectionLedger _connections;
    private readonly ImmutableArray<BoundPolicy> _policies;
    private readonly FlowSelection? _selection;
    private readonly LearningOptions? _learning;
    private readonly BehaviourModel? _behaviours;
    private readonly TrendPeriod? _by;
    private long _flows;
    private long _judged;
    private long _leftOut;

    /// <summary>Prepares the index of rules.</summary>
    /// <param name="catalogs">The catalogs that the site names.</param>
    /// <param name="site">The site.</param>
    /// <param name="withTimelines">True to fill <see cref="AuditReport.Timelines"/>, which takes memory.</param>
    /// <param name="policies">Firewalls whose configuration is compared with documents and traffic.</param>
    /// <param name="selection">The flows to judge; null for all. The others still show who was active and what could be
    /// seen. Not saved.</param>
    /// <param name="learning">What to learn for baselines, and the baseline to compare with; null for nothing. What is
    /// learned is saved when there is a baseline, which is not.</param>
    /// <param name="behaviours">Names flows whose protocol no bytes prove; null for none. Not saved.</param>
    /// <param name="by">The periods of <see cref="AuditReport.Trend"/>, which takes memory; null for none.</param>
    public Auditor(CatalogSet catalogs, SiteFile site, bool withTimelines = false,
        ImmutableArray<BoundPolicy> policies = default, FlowSelection? selection = null,
        LearningOptions? learning = null, BehaviourModel? behaviours = null, TrendPeriod? by = null)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        ArgumentNullException.ThrowIfNull(site);
        (_catalogs, _site, _withTimelines, _selection) = (catalogs, site, withTimelines, selection);
        (_learning, _behaviours, _by) = (learning, behaviours, by);
        _policies = policies.IsDefault ? [] : policies;
        _roles = new RoleTree(catalogs);
        _directory = new HostDirectory(site);
        var rules = _bound = RuleBook.Bind(catalogs, site);
        _applicable = new RuleIndex(rules.Where(rule => rule.IsOn), _roles);
        _switchedOff = new RuleIndex(rules.Where(rule => !rule.IsOn && rule.Allows), _roles);
        _cautions = new CautionIndex(catalogs, site, _applicable);
        _conduits = new ConduitIndex(site);
        _judge = new FlowJudge(_applicable, _directory, new Housekeeping(site),
            new ExceptionIndex(site.Exceptions, _applicable), _cautions, _conduits, behaviours);
        _rules = new RuleLedger(rules, _applicable);
        _scans = new ScanLedger(_rules);
        _advice = new AdviceIndex(catalogs);
        _allowances = new Allowances(rules, new ScopeComparison(site, _roles));
        _excused = new ExceptionLedger(site, withTimelines, by is not null);
        _ledgers = new AuditLedgers
        {
            DynamicPorts = new DynamicPortLedger(_applicable, _directory, _advice),
            Mismatches = new RoleMismatches(catalogs, rules, _roles),
            Obsolete = new ObsoleteLedger(rules, _switchedOff),
            Sweeps = new SweepLedger(site),
            Firewalls = new PolicyLedger(
                _policies.Select(policy => new PolicyTally(new PolicyDevice(policy, site, _directory)))),
            Traffic = learning is null ? null : new TrafficLedger(keepsFlows: learning.Against is not null),
            Behaviours = behaviours is null ? null : new BehaviourLedger(behaviours),
        };
        _connections = new ConnectionLedger(flow => Take(_judge.Judge(flow)));
    }

    /// <summary>How a store may count alike flows together; null when each is needed: plots, trends, baselines and
    /// rules of a firewall need its time, a model its packets.</summary>
    public FlowGrouping? Grouping => _withTimelines || _by is not null || _learning is not null || !_policies.IsEmpty
        || _behaviours is not null ? null : FlowGrouping.Of(_bound, _selection, _answers);

    /// <summary>Judges one flow, or defers it to <see cref="Complete"/> when other flows may decide.</summary>
    public void Add(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _flows += flow.Count;
        _activity.Add(flow, _directory.Resolve(flow.Originator.Address), _directory.Resolve(flow.Responder.Address));
        _answers.Add(flow);
        _connections.Add(flow);
    }

    private void Take(Judgement judgement)
    {
        var isSelected = _selection?.Takes(judgement) != false;
        (isSelected ? ref _judged : ref _leftOut) += judgement.Flow.Count;
        if (!isSelected)
            return;
        _ledgers.Add(judgement);
        if (_scans.Add(judgement))
        {
            _excused.AddToPairs(judgement);
            return;
        }

        _rules.Add(judgement);
        _excused.Add(judgement);
    }

    /// <summary>Adds the flows that another auditor judged, which is not changed. Neither the split among auditors nor
    /// the order of unions matters (docs/architecture.md). All ledgers of <see cref="Add"/> are united here.</summary>
    /// <param name="other">An auditor of the same catalogs, site and observation, so that frames and announcements
    /// share one numbering.</param>
    /// <exception cref="ArgumentException">The catalogs or the site differ.</exception>
    public void UnionWith(Auditor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
            throw new ArgumentException("an auditor united with itself would count every flow twice", nameof(other));
        if (Origin.WhyApart(other.Origin) is not null || _selection?.Text != other._selection?.Text
            || _learning != other._learning || _behaviours != other._behaviours || _by != other._by)
            throw new ArgumentException("it judges by other catalogs, site, selection or model, or learns otherwise",
                nameof(other));
        UniteLedgers(other);
        _connections.UnionWith(other._connections);
    }

    private void UniteLedgers(Auditor other)
    {
        _flows += other._flows;
        _judged += other._judged;
        _leftOut += other._leftOut;
        _activity.UnionWith(other._activity);
        _answers.UnionWith(other._answers);
        _ledgers.UnionWith(other._ledgers);
        _rules.UnionWith(other._rules);
        _scans.UnionWith(other._scans);
        _excused.UnionWith(other._excused);
    }

    internal StateKnowledge Knowledge => new(_directory, _judge, _bound, _conduits.Rules, _cautions.Rules);

    internal StateOrigin Origin => StateOrigin.Of(_catalogs, _site, _withTimelines,
        _policies.SelectMany(policy => policy.Policy.Files.Select(file => (policy.Name, file.Sha256))),
        _learning?.Against is not null, _by is not null);

    /// <summary>Saves or loads its state. Every ledger that <see cref="Add"/> fills is persisted here.</summary>
    void IArchived.Persist(StateArchive archive)
    {
        _flows = archive.Number(_flows);
        _judged = archive.Number(_judged);
        _activity.Persist(archive);
        _answers.Persist(archive);
        _connections.Persist(archive);
        _ledgers.Persist(archive);
        _rules.Persist(archive);
        _scans.Persist(archive);
        _excused.Persist(archive);
    }

    /// <summary>Concludes the audit. Flows may be added afterwards, for a later report.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="diagnostics">Warnings to carry into the report.</param>
    public AuditDraft Complete(ObservationSummary observation, ImmutableArray<string> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var vlans = new VlanPairs();
        var whole = Settled(observation, vlans, out var passages);
        ImmutableArray<string> all = [.. diagnostics,
            .. AuditLimits.Of(observation, whole._ledgers.Hosts, whole._scans, _answers, _connections,
                whole._ledgers.Tunnels)];
        return whole.Conclude(observation, all, [.. vlans.Sentences], PassageComparison.Narrow(passages, _selection));
    }

    /// <summary>A copy that has also judged the deferred flows; this one is not changed.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="vlans">Receives the VLANs of which each carries one direction.</param>
    /// <param name="passages">What devices between points did.</param>
    internal Auditor Settled(ObservationSummary observation, VlanPairs vlans,
        out ImmutableArray<PassageReport> passages)
    {
        passages = [];
        if (!_connections.Flows.Any())
            return this;
        var whole = new Auditor(_catalogs, _site, _withTimelines, _policies, _selection, _learning, _behaviours, _by);
        whole.UniteLedgers(this);
        var connections = ConnectionJoin.Of(_connections.Flows, vlans,
            [.. _site.CapturePoints.Select(point => point.Name).Distinct(StringComparer.Ordinal)], out var pairings);
        passages = PassageComparison.Of(pairings, observation.Points);
        var reach = new ReachJudge(new Observability(_site, observation, _activity, _applicable), _answers, _directory,
            vlans, PassageReport.Dropped(passages));
        var services = new LikelyServices(_connections.Flows);
        foreach (var connection in connections)
            whole.Take(reach.Settle(_judge.Judge(vlans.Withheld(services.Turned(connection.Judged))), connection));
        return whole;
    }

    private AuditDraft Conclude(ObservationSummary observation, ImmutableArray<string> diagnostics,
        ImmutableArray<string> cannotSay, ImmutableArray<PassageReport> passages)
    {
        var isExpired = ExceptionLedger.WhichExpired(_site, observation);
        var total = _excused.Total(isExpired);
        var ledger = _rules.Blank();
        ledger.UnionWith(_rules);
        _scans.Release(total.Findings, ledger);
        var observability = new Observability(_site, observation, _activity, _applicable);
        var rows = new RuleRows(_site, _roles, observability, _ledgers.Hosts, _selection);
        var rules = ledger.Rules.Select(tally => (Tally: tally, Rows: rows.Of(tally))).ToList();
        ImmutableArray<RuleRow> allRows = [.. rules.SelectMany(rule => rule.Rows)];
        var pairs = total.Pairs.Rows((pair, from, to) => pair.ToRow(from, to));
        var segments = total.Segments.Rows((pair, from, to) => pair.ToRow(from, to));
        var canBeTold = CaptureSelection.WhatCanBeTold(_selection, observation);
        var notJudged = NotJudged.Of(_site, observation, pairs, _leftOut);
        var firewalls = PolicyReviews.Of(_ledgers.Firewalls, _site, _roles, _directory, _bound, observation,
            observability, rules.Select(rule => rule.Tally));
        var required = new RequiredFindings(observability, PolicyReviews.Stops(firewalls.Select(one => one.Report)));
        var writer = new FlowFindingWriter(_applicable, _switchedOff, _directory);
        var lesson = TrafficLesson.Of(_ledgers.Traffic, _learning, _site, _catalogs, observation);
        var findings = ScanFindings.Of(_scans.Scanners)
            .Concat(_ledgers.Obsolete.Findings(isExpired))
            .Concat(_ledgers.Administration.Findings(isExpired))
            .Concat(_ledgers.Tunnels.Findings(isExpired))
            .Concat(total.Findings.Causes.Select(cause => writer.Write(cause.Key, cause.Value)))
            .Concat(rules.SelectMany(rule => required.Of(rule.Tally, rule.Rows)))
            .Concat(_selection is not null ? [] : new IdleFindings(_site, _roles, observability,
                rules.SelectMany(rule => rule.Rows.Select(row => (rule.Tally, row)))).All)
            .Concat(_ledgers.Mismatches.Findings(isExpired))
            .Concat(new UnusedAnnouncements(_directory).Of(observation.Announcements).Where(canBeTold))
            .Concat(_excused.Findings(isExpired, _allowances).Where(canBeTold))
            .Concat(firewalls.SelectMany(firewall => firewall.Findings))
            .Concat(notJudged?.ToFinding() is { } nothing ? [nothing] : [])
            .Concat(lesson?.Findings ?? []);
        var coverage = CoverageReport.Of(_site, observation, _activity, _flows, allRows);
        var cautions = CautionSentences.Of(_site, _roles, _cautions, observation);
        var names = new SeenNames(observation.Names);
        var report = new AuditReport
        {
            Site = _site.Name,
            SiteFile = _site.File,
            SiteSha256 = _site.Sha256,
            Catalogs = [.. _catalogs.Files.Select(file => CatalogUse.Of(file, _catalogs))],
            Roles = _roles,
            Observation = observation,
            Coverage = coverage with
            {
                CannotSay =
                    [.. cannotSay, .. coverage.CannotSay, .. UnobservablePorts.Of(pairs), .. cautions],
            },
            RolePairs = pairs,
            Passages = passages,
            Policies = [.. firewalls.Select(firewall => firewall.Report)],
            Timelines = total.Timelines?.Rows((pair, from, to) => pair.ToRow(from, to)) ?? [],
            SegmentPairs = segments,
            Trend = TrendReading.Of(_by, total.Trend, segments, _site, observation),
            Rules = allRows,
            Proposal = new FirewallProposal(_site, _roles, _bound, allRows),
            Findings = [],
            Hosts = _ledgers.Hosts.Rows(_site, names),
            Names = names,
            TlsServices = _ledgers.Tls.Rows,
            HasMoreTlsServices = _ledgers.Tls.IsOverflown,
            DynamicPorts = _ledgers.DynamicPorts.Rows(observation.Announcements),
            Exceptions = _excused.Rows(isExpired),
            FlowsJudged = _judged,
            Selection = CaptureSelection.Of(_selection, _leftOut),
            NotJudged = notJudged,
            ProposedSite = ProposedSite.Of(_site),
            Learned = lesson?.Learned,
            News = lesson?.News,
            Behaviour = _ledgers.Behaviours?.Report,
            Diagnostics = [.. diagnostics, .. _ledgers.Sweeps.Sentences],
        };
        return new AuditDraft(report, FindingOrder.Sort(FindingFold.Fold([.. findings]).Select(_advice.Complete)));
    }
}
