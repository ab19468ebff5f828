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
/// <param name="FromRole">Originating role; empty if none.</param>
/// <param name="ToRole">Responding role; empty if none.</param>
/// <param name="Rule">Identifier of its rule; null if none.</param>
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
internal readonly record struct RuleKey(string Id, string From, string To);

/// <summary>The status of a rule for a pair of its roles, and why.</summary>
/// <param name="Status">The best that any pair of hosts reached.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExercisedBy">Hosts that exercised it: names, or addresses of those that the site does not name.</param>
internal sealed record SeenRule(RuleStatus Status, string Reason, FrozenSet<string> ExercisedBy)
{
    public bool IsExercised => IsExercise(Status);

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
    /// <summary>Ratio of windows from which on the shorter proves nothing about the longer.</summary>
    private const int MuchLonger = 2;

    public required bool IsPartial { get; init; }

    /// <summary>Time from the first packet to the last, in nanoseconds.</summary>
    public required long WindowNs { get; init; }

    public required FrozenSet<string> RolesSeen { get; init; }

    public required FrozenSet<string> RolesSilent { get; init; }

    public required FrozenSet<string> Points { get; init; }

    /// <summary>Whether hosts sent packets, by name and by address.</summary>
    public required FrozenDictionary<string, bool> Hosts { get; init; }

    public required FrozenDictionary<string, string> Names { get; init; }

    public required OrderedDictionary<RuleKey, SeenRule> Rules { get; init; }

    public required ImmutableArray<SeenException> Exceptions { get; init; }

    /// <summary>The findings in the order of the report, each identifier once.</summary>
    public required ImmutableArray<SeenFinding> Findings { get; init; }

    /// <summary>The status of a finding's rule. A finding's roles may be narrower than the rule's: then the best status
    /// among the rule's rows counts, preferably of rows that share a role with the finding.</summary>
    public SeenRule? StatusOf(SeenFinding finding)
    {
        if (finding.Rule is not { } rule)
            return null;
        if (Rules.TryGetValue(new RuleKey(rule, finding.FromRole, finding.ToRole), out var exact))
            return exact;
        return Rules
            .Where(row => row.Key.Id == rule)
            .OrderByDescending(row => row.Key.From == finding.FromRole || row.Key.To == finding.ToRole)
            .ThenBy(row => row.Value.Status)
            .Select(row => row.Value)
            .FirstOrDefault();
    }

    /// <summary>Why this report may have missed something that another saw, one sentence; null if unlikely.</summary>
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

    /// <summary>True when the window is so much shorter than another that it proves nothing about that one.</summary>
    public bool IsMuchShorter(ReportSight other) => WindowNs < other.WindowNs / MuchLonger;

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
            Rules = new OrderedDictionary<RuleKey, SeenRule>(report.Rules.DistinctBy(KeyOf)
                .Select(row => KeyValuePair.Create(KeyOf(row),
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

    /// <summary>Whether a host of that name or role sent a packet; null if unknown to the report.</summary>
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

    private static RuleKey KeyOf(RuleRow row) => new(row.Rule.Id, row.From, row.To);

    private static SeenFinding SeenOf(Finding finding) => new(
        finding.Id, finding.Kind.ToText(), finding.Severity, finding.FromRole, finding.ToRole, finding.Rule?.Id,
        [.. finding.Originators.Select(host => host.Address)],
        [.. finding.CapturePoints.Where(point => point.Length > 0)]);
}
