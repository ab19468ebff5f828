using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>Metadata of a packet for its flow.</summary>
/// <param name="Sender">The side that sent it.</param>
/// <param name="TimestampNs">Time in nanoseconds since the Unix epoch.</param>
/// <param name="Frame">Its frame.</param>
internal readonly record struct SentPacket(Side Sender, long TimestampNs, FrameReference Frame);
