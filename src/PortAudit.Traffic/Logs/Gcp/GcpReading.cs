using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>Reads flow logs of Google Cloud.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class GcpReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    : CloudReading(new ConversationFlow(LogSource.Gcp, Nanoseconds), options, sink)
{
    private const int Nanoseconds = 9;

    /// <inheritdoc />
    protected override void ReadFile(LogInput input, ConversationReading conversations, ReadingPosition? position,
        CancellationToken cancellation)
    {
        ReadJson(input, new GcpFile(input, conversations), position, cancellation);
        if (input.Member.Content is GcpStart { IsOfFirewall: false })
            input.Tally.NoteOddity("Google Cloud samples packets, so counts are estimates, and what is not in the "
                + "log may have passed");
    }
}
