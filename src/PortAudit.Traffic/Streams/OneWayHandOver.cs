using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Streams;

/// <summary>A hand-over that counts if the other direction is never seen
/// (<see cref="Recognition.NextIfOneWay"/>).</summary>
/// <param name="HandOver">Where the conversation goes over.</param>
/// <param name="Originator">The side that was taken for the originator then.</param>
/// <param name="Frame">The frame at which it was found.</param>
internal readonly record struct OneWayHandOver(HandOver HandOver, Side Originator, FrameReference Frame);
