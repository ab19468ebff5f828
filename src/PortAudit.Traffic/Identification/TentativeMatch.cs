using PortAudit.Traffic.Flows;

namespace PortAudit.Traffic.Identification;

/// <summary>The first match of strength <see cref="MatchStrength.Shape"/>, held until a proof comes or the flow is given up.</summary>
/// <param name="Row">Index of the row in the registry plus one; 0 when there is none.</param>
/// <param name="Recognition">What was recognised.</param>
/// <param name="SawLowAsOriginator">Who was taken for the originator then.</param>
/// <param name="Frame">The frame at which it matched.</param>
internal readonly record struct TentativeMatch(int Row, Recognition Recognition, bool SawLowAsOriginator, FrameReference Frame);
