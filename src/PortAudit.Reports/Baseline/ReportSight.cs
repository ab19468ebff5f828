using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Baseline;

/// <summary>A finding as far as two reports can be compared by it.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Kind">Kind as reports name it.</param>
/// <param name="Severity">Severity.</param>
/// <param name="FromRole">Originating role; empty without one.</param>
/// <param name="ToRole">Responding role; empty without one.</param>
/// <param name="Rule">Identifier of its rule; null without one.</param>
/// <param name="Originators">Addresses of the originating hosts.</param>
/// <param name="Points">Names of the capture points that saw it.</param>
internal sealed record SeenFinding(
    string Id, string Kind, Severity Severity, string FromRole, string ToRole, string? Rule,
    ImmutableArray<string> Originators, ImmutableArray<string> Points)
{
    /// <summary>What is true of its kind; null for a kind that this version does not know.</summary>
    public FindingKindRow? Row => FindingKindRow.Find(Kind);
}

/// <summary>A rule and a pair of its roles.</summary>
/// <param name="Id">Identifier of the rule.</param>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
internal readonly record struct RulePlace(string Id, string From, string To);

/// <summary>The status of a rule for a pair of its roles, and why.</summary>
/// <param name="Status">The best that any pair of hosts reached.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExercisedBy">Hosts that exercised it: names, or addresses of those that the site does not name.</param>
internal sealed record SeenRule(RuleStatus Status, string Reason, FrozenSet<string> ExercisedBy)
{
    /// <summary>True when traffic exercised it.</summary>
    public bool IsExercised => IsExercise(Status);

    /// <summary>True when somebody tried it.</summary>
    public bool IsTried => Status <= RuleStatus.Blocked;

    /// <summary>True when the captures could not have shown the flow.</summary>
    public bool IsUnseen => Status is RuleStatus.NotObservable or RuleStatus.WindowTooShort;

    /// <summary>The status of a row, with the hosts that exercised it.</summary>
    public static SeenRule Of(RuleStatus status, string reason,
        IEnumerable<(string Originator, RuleStatus Status)> hosts) =>
        new(status, reason, hosts.Where(host => IsExercise(host.Status)).Select(host => host.Originator)
            .ToFrozenSet(StringComparer.Ordinal));

    private static bool IsExercise(RuleStatus status) => status is RuleStatus.Seen or RuleStatus.SeenByPort;
}

/// <summary>An exception and whether it excused flows.</summary>
internal sealed record SeenException(string Id, bool Excused);

/// <summary>What a report says and could see, whether it was just made or read from a file.</summary>
internal sealed record ReportSight
{
    /// <summary>How many times as long one window is as the other from which on the shorter one says nothing of what
    /// was seen in the longer.</summary>
    private const int MuchLonger = 2;

    /// <summary>True when something was not read.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Time from the first packet to the last, in nanoseconds.</summary>
    public required long WindowNs { get; init; }

    /// <summary>Roles with an active host.</summary>
    public required FrozenSet<string> RolesSeen { get; init; }

    /// <summary>Roles of which no host was active.</summary>
    public required FrozenSet<string> RolesSilent { get; init; }

    /// <summary>Names of capture points that recorded packets.</summary>
    public required FrozenSet<string> Points { get; init; }

    /// <summary>Whether hosts sent packets, by name and by address.</summary>
    public required FrozenDictionary<string, bool> Hosts { get; init; }

    /// <summary>Names of the site's hosts by address.</summary>
    public required FrozenDictionary<string, string> Names { get; init; }

    /// <summary>Statuses of rules, in the order of the report.</summary>
    public required OrderedDictionary<RulePlace, SeenRule> Rules { get; init; }

    /// <summary>Exceptions of the site.</summary>
    public required ImmutableArray<SeenException> Exceptions { get; init; }

    /// <summary>The findings in the order of the report, each identifier once.</summary>
    public required ImmutableArray<SeenFinding> Findings { get; init; }

    /// <summary>
    /// The status of a finding's rule. A finding names the roles that its hosts have, which may be narrower than those
    /// by which the rule names them: then the best status among the rule's rows counts, those first that share a role
    /// with the finding.
    /// </summary>
    public SeenRule? StatusOf(SeenFinding finding)
    {
        if (finding.Rule is not { } rule)
            return null;
        if (Rules.TryGetValue(new RulePlace(rule, finding.FromRole, finding.ToRole), out var exact))
            return exact;
        return Rules
            .Where(row => row.Key.Id == rule)
            .OrderByDescending(row => row.Key.From == finding.FromRole || row.Key.To == finding.ToRole)
            .ThenBy(row => row.Value.Status)
            .Select(row => row.Value)
            .FirstOrDefault();
    }

    /// <summary>Why something that this report did not see may have been there, as far as another report that did see
    /// it shows: one sentence; null when nothing speaks for it.</summary>
    public string? WhyBlinder(ReportSight other)
    {
        var points = other.Points.Where(point => !Points.Contains(point)).Order(StringComparer.Ordinal).ToList();
        if (points.Count > 0)
            return $"The report that has seen it has another capture point: "
                + $"{string.Join(", ", points.Select(point => point.Length == 0 ? "(unnamed)" : point))}.";
        return IsMuchShorter(other)
            ? $"The captures in which it was seen cover {Duration.ToText(other.WindowNs)}, the others "
                + $"{Duration.ToText(WindowNs)}."
            : null;
    }

    /// <summary>True when the window is so much shorter than another that it says nothing of what was seen in that
    /// one.</summary>
    public bool IsMuchShorter(ReportSight other) => WindowNs < other.WindowNs / MuchLonger;

    /// <summary>What a report that was just made says.</summary>
    public static ReportSight Of(AuditRun run)
    {
        var (report, coverage) = (run.Report, run.Report.Coverage);
        return new ReportSight
        {
            IsPartial = run.IsPartial,
            WindowNs = coverage is { WindowStartNs: { } start, WindowEndNs: { } end } ? end - start : 0,
            RolesSeen = coverage.RolesSeen.ToFrozenSet(StringComparer.Ordinal),
            RolesSilent = coverage.RolesSilent.ToFrozenSet(StringComparer.Ordinal),
            Points = coverage.Points.Where(point => point.Packets > 0).Select(point => point.Name)
                .ToFrozenSet(StringComparer.Ordinal),
            Hosts = Activity(report.Hosts.SelectMany(host =>
                host.Addresses.Prepend(host.Name ?? "").Select(name => (name, host.Flows > 0)))),
            Names = NamesOf(report.Hosts.Select(host => (host.Name, (IEnumerable<string>)host.Addresses))),
            Rules = new OrderedDictionary<RulePlace, SeenRule>(report.Rules.DistinctBy(PlaceOf)
                .Select(row => KeyValuePair.Create(PlaceOf(row),
                    SeenRule.Of(row.Status, row.Reason, row.Hosts.Select(host => (host.Originator, host.Status)))))),
            Exceptions = [.. report.Exceptions.Select(row =>
                new SeenException(row.Exception.Id, row.Flows > 0 && !row.Expired))],
            Findings = [.. report.Findings.DistinctBy(finding => finding.Id).Select(SeenOf)],
        };
    }

    /// <summary>Activity by name; of several entries of a name one that is active decides.</summary>
    public static FrozenDictionary<string, bool> Activity(IEnumerable<(string Name, bool IsActive)> hosts) => hosts
        .Where(host => host.Name.Length > 0)
        .GroupBy(host => host.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Any(host => host.IsActive), StringComparer.Ordinal);

    /// <summary>Names by address; of several names of an address the first stands.</summary>
    public static FrozenDictionary<string, string> NamesOf(
        IEnumerable<(string? Name, IEnumerable<string> Addresses)> hosts) => hosts
        .Where(host => host.Name is not null)
        .SelectMany(host => host.Addresses.Select(address => (Address: address, Name: host.Name!)))
        .DistinctBy(host => host.Address)
        .ToFrozenDictionary(host => host.Address, host => host.Name, StringComparer.Ordinal);

    /// <summary>Whether anybody who is called so sent a packet; null when the report knows nobody of that
    /// name.</summary>
    /// <param name="party">A role, a built-in one, or a host of the site.</param>
    public bool? IsActive(string party)
    {
        if (BuiltInRoles.Contains(party))
            return true;
        if (RolesSeen.Contains(party))
            return true;
        if (RolesSilent.Contains(party))
            return false;
        return Hosts.TryGetValue(party, out var isActive) ? isActive : null;
    }

    private static RulePlace PlaceOf(RuleRow row) => new(row.Rule.Id, row.From, row.To);

    private static SeenFinding SeenOf(Finding finding) => new(
        finding.Id, finding.Kind.ToText(), finding.Severity, finding.FromRole, finding.ToRole, finding.Rule?.Id,
        [.. finding.Originators.Select(host => host.Address)],
        [.. finding.CapturePoints.Where(point => point.Length > 0)]);
}
