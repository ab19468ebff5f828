using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Packets;

namespace PortAudit.Reports.Baseline;

/// <summary>One run of an audit: its report and the circumstances of the run.</summary>
/// <param name="Report">The report.</param>
/// <param name="ToolVersion">Version of the program that made it.</param>
/// <param name="Unread">Inputs that could not be opened.</param>
/// <param name="Interrupted">True when the user ended the reading early.</param>
public sealed record AuditRun(AuditReport Report, string ToolVersion, ImmutableArray<UnreadInput> Unread,
    bool Interrupted)
{
    /// <summary>Name of the program in every report.</summary>
    public const string ToolName = "portaudit";

    /// <summary>Version of the JSON report's shape. It rises when a property is renamed or removed, not when one is
    /// added.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Exit code of the run (docs/report.md), independent of the formats written.</summary>
    public int ExitCode { get; init; }

    /// <summary>Least severity of a finding that fails the run; null when none does.</summary>
    public Severity? FailOn { get; init; } = Severity.Medium;

    /// <summary>True when findings already in the baseline with the same severity do not fail the run.</summary>
    public bool FailsOnNewOnly { get; init; }

    /// <summary>What changed since an earlier report; null if none.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>SHA-256 of capture files by path, in lower-case hexadecimal digits; empty unless a format names
    /// them.</summary>
    public FrozenDictionary<string, string> CaptureHashes { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The proving packets that a page shows; null where the captures could be read only once.</summary>
    public EvidencePackets? Packets { get; init; }

    /// <summary>The report's errors: input that was not read.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>True when some input was not read and the report covers the rest.</summary>
    public bool IsPartial => Report.IsPartial || !Unread.IsEmpty || Interrupted;

    /// <summary>True for a finding that fails the run.</summary>
    public bool Fails(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Severity >= FailOn && !(FailsOnNewOnly && Baseline is { } baseline && baseline.Knew(finding));
    }
}
