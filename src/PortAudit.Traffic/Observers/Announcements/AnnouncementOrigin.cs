using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Where an announcement was made.</summary>
/// <param name="Protocol">Registry name of the protocol that made it.</param>
/// <param name="Service">The end that serves that protocol, as far as the flow's direction is known.</param>
/// <param name="FlowId"><see cref="FlowRecord.Id"/> of the flow.</param>
/// <param name="Frame">The frame.</param>
/// <param name="SeenNs">Its time, in nanoseconds since the Unix epoch.</param>
internal readonly record struct AnnouncementOrigin(string Protocol, Endpoint Service, ulong FlowId,
    FrameReference Frame, long SeenNs);
