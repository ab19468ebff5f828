using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Live.Interfaces;
using PortAudit.Reports;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Records;

namespace PortAudit.Cli.Watch;

/// <summary>What the user wants of <c>portaudit watch</c>.</summary>
/// <param name="Live">What is captured, and how.</param>
/// <param name="Interval">Time between two looks.</param>
/// <param name="Reports">Reports that each look writes, with their paths.</param>
internal sealed record WatchSettings(LiveOptions Live, TimeSpan Interval,
    ImmutableArray<(ReportFormat Format, string Path)> Reports)
{
    /// <summary>How long to watch; null for as long as it is not stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Number of packets to watch; null for no limit.</summary>
    public long? Packets { get; init; }

    /// <summary>Where packets are kept; null when they are not.</summary>
    public PcapngRingOptions? Ring { get; init; }

    /// <summary>Directory of what outlives a restart; null for none.</summary>
    public string? State { get; init; }

    /// <summary>As whom to go on once the interfaces are open; null for who began.</summary>
    public string? User { get; init; }

    /// <summary>True to write events as lines of JSON instead of a view.</summary>
    public bool WritesLines { get; init; }

    /// <summary>True to show a view on the terminal while watching, and the report at the end.</summary>
    public bool ShowsView { get; init; }

    public VlanEquivalence Vlans { get; init; } = VlanEquivalence.None;

    public required int MaximumFlows { get; init; }

    public bool IsVerbose { get; init; }

    public bool Color { get; init; }

    /// <summary>Least severity of a finding that makes exit code 1; null for none.</summary>
    public Severity? FailOn { get; init; }
}
