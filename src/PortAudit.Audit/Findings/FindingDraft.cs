using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Capture;

namespace PortAudit.Audit.Findings;

/// <summary>A finding whose frames are still to be fetched.</summary>
/// <param name="Finding">The finding, with empty evidence.</param>
/// <param name="Flows">Its flows; null when it is about something that did not happen.</param>
internal sealed record FindingDraft(Finding Finding, FlowGroup? Flows)
{
    /// <summary>The rule that it concerns, with the site's choices; null if none.</summary>
    public BoundRule? Rule { get; init; }

    /// <summary>Frames that prove it besides those of its flows: what announced the ports.</summary>
    public ImmutableArray<FrameReference> Announcing { get; init; } = [];

    /// <summary>Frames of its flows that are listed whichever others are.</summary>
    public ImmutableArray<FrameReference> Deciding { get; init; } = [];
}
