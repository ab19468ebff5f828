namespace PortAudit.Traffic.Records;

/// <summary>Stream counters of both directions of a flow, not both zero.</summary>
/// <param name="Out">The originator's stream.</param>
/// <param name="In">The responder's stream.</param>
internal sealed record StreamPair(StreamCounters Out, StreamCounters In)
{
    /// <summary>The pair; null when all counters are zero.</summary>
    public static StreamPair? Of(StreamCounters sent, StreamCounters received) =>
        sent == default && received == default ? null : new StreamPair(sent, received);
}
