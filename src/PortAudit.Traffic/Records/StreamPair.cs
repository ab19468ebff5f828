namespace PortAudit.Traffic.Records;

/// <summary>The stream counters of both directions of a flow, of which at least one is not zero.</summary>
/// <param name="Out">Of the originator's stream.</param>
/// <param name="In">Of the responder's stream.</param>
internal sealed record StreamPair(StreamCounters Out, StreamCounters In)
{
    /// <summary>The pair, null when all counters are zero.</summary>
    public static StreamPair? Of(StreamCounters sent, StreamCounters received) =>
        sent == default && received == default ? null : new StreamPair(sent, received);
}
