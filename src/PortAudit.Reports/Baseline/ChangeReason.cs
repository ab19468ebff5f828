using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Baseline;

/// <summary>Why a finding of one report is not in the other (docs/decisions/019-baseline.md). "Mended" requires that
/// the fault would have been visible, so other reasons are checked first.</summary>
/// <param name="with">The report that has the finding.</param>
/// <param name="without">The report that has not.</param>
/// <param name="isGone">True when the earlier report has it.</param>
internal sealed class ChangeReason(ReportSight with, ReportSight without, bool isGone)
{
    private readonly string _where = isGone ? "in these captures" : "in the earlier captures";

    public (ChangeBasis Basis, string Sentence) Of(SeenFinding finding)
    {
        if (isGone && without.IsPartial)
            return (ChangeBasis.Visibility,
                "No longer visible: not all input was read, and it may be in the rest.");
        var status = without.StatusOf(finding);
        if (status is { Status: RuleStatus.NotApplicable })
            return (ChangeBasis.Configuration, $"The rule {finding.Rule} does not apply {_where}: {status.Reason}");
        return finding.Row is { IsAboutNeed: true } ? OfNeed(finding, status) : OfTraffic(finding);
    }

    /// <summary>The rule's status already accounts for roles, capture points, losses and window.</summary>
    private (ChangeBasis Basis, string Sentence) OfNeed(SeenFinding finding, SeenRule? status)
    {
        if (status is null)
            return (ChangeBasis.Configuration, $"The rule {finding.Rule} is not among the rules that "
                + $"{(isGone ? "this report" : "the earlier report")} is about.");
        if (status.IsUnseen)
            return (ChangeBasis.Visibility, $"{Visible} The status of the rule {(isGone ? "is" : "was")} "
                + $"{status.Status.ToText()}: {status.Reason}");
        if (isGone && WhyOriginatorsSilent(finding) is { } silent)
            return (ChangeBasis.Visibility, $"{Visible} {silent}");
        if (!IsMended(finding, status) && WhyNotThere(finding, status) is { } notThere)
            return (ChangeBasis.Visibility,
                $"{Visible} The status of the rule {(isGone ? "is" : "was")} {status.Status.ToText()}, and {notThere}");

        // "Not tried" is only as reliable as the visibility of its report.
        if (finding.Row is { IsAbsence: true } && with.WhyBlinder(without) is { } blinder)
            return (ChangeBasis.Visibility, $"{(isGone ? "Now" : "No longer")} visible, which does not mean "
                + $"{(isGone ? "mended" : "that it ended")}: the status of the rule {(isGone ? "is" : "was")} "
                + $"{status.Status.ToText()}. {blinder}");
        return (ChangeBasis.Behaviour, isGone && status.IsExercised
            ? Exercised(finding, status)
            : $"The status of the rule {(isGone ? "is" : "was")} {status.Status.ToText()} {_where}. {status.Reason}");
    }

    /// <summary>True when passing traffic proves it, seen anywhere; for a gone finding, traffic of all hosts that
    /// failed.</summary>
    private bool IsMended(SeenFinding finding, SeenRule status) =>
        status.IsExercised && (!isGone || OthersThan(finding, status).IsEmpty);

    /// <summary>Why the other report could not have shown what was stopped; null if it could have.</summary>
    private string? WhyNotThere(SeenFinding finding, SeenRule status)
    {
        if (finding.Row is { IsAbsence: true })
            return null;
        if (finding.Points.Any(point => !without.Points.Contains(point)))
            return $"the capture points that saw it ({string.Join(", ", finding.Points)}) {(isGone ? "are" : "were")} "
                + "not all there.";
        return !status.IsTried && without.WhyBlinder(with) is { } blinder
            ? $"'not tried' means little. {blinder}"
            : null;
    }

    private ImmutableArray<string> OthersThan(SeenFinding finding, SeenRule status) =>
        [.. finding.Originators.Where(address =>
            !status.ExercisedBy.Contains(without.Names.GetValueOrDefault(address, address)))];

    /// <summary>Success of others does not mend it for those that failed.</summary>
    private string Exercised(SeenFinding finding, SeenRule status)
    {
        var others = OthersThan(finding, status);
        return others.IsEmpty
            ? $"Mended: the status of the rule is {status.Status.ToText()}. {status.Reason}"
            : $"Not tried again by all, which does not mean mended: others exercised the rule, {Few(others)} did not.";
    }

    private (ChangeBasis Basis, string Sentence) OfTraffic(SeenFinding finding)
    {
        if (WhyUnseen(finding) is { } unseen)
            return (ChangeBasis.Visibility, $"{Visible} {unseen}");
        if (WhyConfigured(finding) is { } configured)
            return (ChangeBasis.Configuration, configured);
        return (ChangeBasis.Behaviour, isGone
            ? "Its roles were seen again at the same point, but it was not: hosts or firewalls behave differently "
                + "than before."
            : "Its roles were seen in the earlier captures, but it was not: hosts or firewalls behave differently than "
                + "before.");
    }

    private string Visible =>
        isGone ? "No longer visible, which does not mean mended." : "Newly visible, which does not mean new.";

    private string? WhyUnseen(SeenFinding finding)
    {
        if (Parties(finding).FirstOrDefault(party => without.IsActive(party) == false) is { } silent)
            return without.Hosts.ContainsKey(silent)
                ? $"The host {silent} sent no packet {_where}."
                : $"No host in the role {silent} sent a packet {_where}.";
        if (!finding.Points.IsEmpty && !finding.Points.Any(without.Points.Contains))
            return $"None of the capture points that saw it ({string.Join(", ", finding.Points)}) recorded packets "
                + $"{_where}.";
        if (without.IsMuchShorter(with))
            return $"{(isGone ? "These captures" : "The earlier captures")} cover "
                + $"{Duration.ToText(without.WindowNs)}, those in which it was seen "
                + $"{Duration.ToText(with.WindowNs)}.";
        return isGone ? WhyOriginatorsSilent(finding) : null;
    }

    /// <summary>A silent host cannot repeat a fault. Addresses of no host of the site are ignored.</summary>
    private string? WhyOriginatorsSilent(SeenFinding finding) =>
        !finding.Originators.IsEmpty && finding.Originators.All(address =>
            without.Hosts.TryGetValue(address, out var isActive) ? !isActive : with.Hosts.ContainsKey(address))
            ? $"None of the hosts that opened it ({Few(finding.Originators)}) sent a packet {_where}."
            : null;

    /// <summary>The two reports differ in configuration: a role, a rule or an exception is in one alone.</summary>
    private string? WhyConfigured(SeenFinding finding)
    {
        var stranger = Parties(finding)
            .FirstOrDefault(party => without.IsActive(party) is null && with.IsActive(party) is not null);
        if (stranger is not null)
            return $"The site {(isGone ? "has" : "had")} no host in the role {stranger} when "
                + $"{(isGone ? "this report" : "the earlier report")} was made.";
        if (finding.Row is { IsAboutException: true }
            && !with.Exceptions.Select(entry => entry.Id).SequenceEqual(without.Exceptions.Select(entry => entry.Id)))
            return "The exceptions of the site have changed.";
        if (RuleInOneAlone(finding) is { } rule)
            return $"The rule {rule} lets flows from {finding.FromRole} to {finding.ToRole} pass in "
                + $"{(isGone ? "this report" : "the earlier report")} alone, and may cover it.";
        var exception = without.Exceptions.FirstOrDefault(entry =>
            entry.Excused && !with.Exceptions.Any(other => other.Id == entry.Id && other.Excused));
        return exception is null ? null : $"The exception {exception.Id} excuses flows in "
            + $"{(isGone ? "this report" : "the earlier report")} alone, and may cover it.";
    }

    /// <summary>A rule that flows between the roles of the finding used in the report without it, and that does not
    /// apply, or is not there, in the report with it.</summary>
    private string? RuleInOneAlone(SeenFinding finding) => without.Rules
        .Where(rule => rule.Key.From == finding.FromRole && rule.Key.To == finding.ToRole && rule.Value.IsTried)
        .Where(rule => with.Rules.GetValueOrDefault(rule.Key) is null or { Status: RuleStatus.NotApplicable })
        .Select(rule => rule.Key.Id)
        .FirstOrDefault();

    private static IEnumerable<string> Parties(SeenFinding finding) =>
        new[] { finding.FromRole, finding.ToRole }.Where(role => role.Length > 0);

    private static string Few(ImmutableArray<string> addresses)
    {
        const int Named = 3;
        var rest = addresses.Length - Named;
        return string.Join(", ", addresses.Take(Named)) + (rest > 0 ? $" and {Quantity.Of(rest, "other")}" : "");
    }
}
