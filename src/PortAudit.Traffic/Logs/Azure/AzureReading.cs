using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Azure;

/// <summary>Reads flow logs of Azure.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class AzureReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    : CloudReading(new ConversationFlow(LogSource.Azure, Milliseconds), options, sink)
{
    private const int Milliseconds = 3;

    /// <inheritdoc />
    protected override void ReadFile(LogInput input, ConversationReading conversations, ReadingPosition? position,
        CancellationToken cancellation) =>
        ReadJson(input, new AzureFile(input, conversations), position, cancellation);
}
