using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Reads flow logs of AWS.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class AwsReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    : CloudReading(new ConversationFlow(LogSource.Aws, digits: 0), options, sink)
{
    /// <inheritdoc />
    protected override void ReadFile(LogInput input, ConversationReading conversations, ReadingPosition? position,
        CancellationToken cancellation)
    {
        var file = new AwsFile(input, conversations);
        if (((AwsStart)input.Member.Content).Form == AwsForm.Json)
            ReadJson(input, file, position, cancellation);
        else
            file.ReadLines(position, cancellation);
        file.NoteSkipped();
    }
}
