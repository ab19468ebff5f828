using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>What a flow knows of one of its packets apart from the bytes.</summary>
/// <param name="Sender">The side that sent it.</param>
/// <param name="TimestampNs">When, in nanoseconds since the Unix epoch.</param>
/// <param name="Frame">The frame in which it came.</param>
internal readonly record struct SentPacket(Side Sender, long TimestampNs, FrameReference Frame);
