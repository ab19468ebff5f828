using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;

namespace PortAudit.Reports.Baseline;

/// <summary>What changed between an earlier report and this one.</summary>
public sealed record BaselineComparison
{
    private readonly Lazy<FrozenDictionary<string, BaselineFinding>> _byId;

    /// <summary>Nothing compared yet.</summary>
    public BaselineComparison() =>
        _byId = new(() => Findings.ToFrozenDictionary(finding => finding.Id, StringComparer.Ordinal));

    /// <summary>Path of the earlier report as the user gave it.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the earlier report, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Time of the first packet of the earlier report, as it writes it; null without a packet.</summary>
    public required string? WindowStart { get; init; }

    /// <summary>Time of its last packet.</summary>
    public required string? WindowEnd { get; init; }

    /// <summary>Other differences between the reports that may explain a change, one sentence each.</summary>
    public required ImmutableArray<string> Caveats { get; init; }

    /// <summary>Findings of either report: those of this one in its order, then those that are gone in the order of the
    /// earlier one.</summary>
    public required ImmutableArray<BaselineFinding> Findings { get; init; }

    /// <summary>Rules whose status is another, in the order of this report; those that only the earlier one has come
    /// last.</summary>
    public required ImmutableArray<BaselineRule> Rules { get; init; }

    /// <summary>Services between segments that the earlier report has; null when it does not list them.</summary>
    internal FrozenSet<SegmentServiceKey>? KnownServices { get; init; }

    /// <summary>True when the earlier report does not have a service between two segments, false for attempts; null
    /// when it does not list services.</summary>
    public bool? IsNew(SegmentPair pair, SegmentService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return KnownServices is { } known
            ? !service.IsAttempts && !known.Contains(SegmentServiceKey.Of(pair, service))
            : null;
    }

    /// <summary>What became of a finding of this report; null for one of another report.</summary>
    public BaselineFinding? Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return _byId.Value.GetValueOrDefault(finding.Id);
    }

    /// <summary>True when the earlier report has the finding, at least as grave.</summary>
    public bool Knew(Finding finding) => Of(finding)?.SeverityBefore >= finding?.Severity;
}

/// <summary>What became of one finding.</summary>
/// <param name="Id">Its identifier, which is the same in both reports.</param>
/// <param name="Kind">Its kind, as reports name it; possibly unknown to this version.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Basis">Basis of the change; null when nothing changed.</param>
/// <param name="Severity">Severity in this report; null when it is gone.</param>
/// <param name="SeverityBefore">Severity in the earlier report; null when it is new.</param>
/// <param name="FromRole">Originating role; empty if none.</param>
/// <param name="ToRole">Responding role; empty if none.</param>
/// <param name="Rule">Identifier of its rule; null if none.</param>
/// <param name="Sentence">Why, one sentence or two.</param>
public sealed record BaselineFinding(
    string Id, string Kind, FindingChange Change, ChangeBasis? Basis, Severity? Severity, Severity? SeverityBefore,
    string FromRole, string ToRole, string? Rule, string Sentence);

/// <summary>A rule and pair of roles whose status is another than before.</summary>
/// <param name="Id">Identifier of the rule.</param>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Before">Status in the earlier report; null when it does not have the rule.</param>
/// <param name="Now">Status in this one; null when it does not have the rule.</param>
/// <param name="Basis">Basis of the change.</param>
/// <param name="Sentence">The reasons of both.</param>
public sealed record BaselineRule(string Id, string From, string To, RuleStatus? Before, RuleStatus? Now,
    ChangeBasis Basis, string Sentence);
