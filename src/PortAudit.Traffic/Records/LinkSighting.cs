using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>From which link address an IP address sent: its own, or that of the router it is behind.</summary>
/// <param name="Point">Name of the capture point.</param>
/// <param name="Address">The IP address.</param>
/// <param name="Sender">Source address of the frame.</param>
/// <param name="Routers">Number of routers passed, estimated from the hop limit; null without an estimate.</param>
/// <param name="Frame">The frame.</param>
public readonly record struct LinkSighting(
    string Point, IpAddress Address, LinkAddress Sender, int? Routers, FrameReference Frame);
