using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>The first match of strength <see cref="MatchStrength.Shape"/>, held until a proof comes or the flow is
/// given up. Made for the few flows that have one: many others are under identification as long as they last, and have
/// room for none.</summary>
/// <param name="Row">Index of the row in the registry.</param>
/// <param name="Recognition">What was recognised.</param>
/// <param name="Originator">The side that was taken for the originator then.</param>
/// <param name="Frame">The frame at which it matched.</param>
internal sealed record TentativeMatch(int Row, Recognition Recognition, Side Originator, FrameReference Frame);
