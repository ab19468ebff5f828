namespace PortAudit.Traffic.Records;

/// <summary>Counters of one direction of a flow.</summary>
/// <param name="Packets">Number of packets.</param>
/// <param name="Bytes">Sum of the original frame lengths, in bytes.</param>
/// <param name="PayloadBytes">Sum of the transport payloads on the wire, in bytes.</param>
public readonly record struct DirectionCounters(long Packets, long Bytes, long PayloadBytes);
