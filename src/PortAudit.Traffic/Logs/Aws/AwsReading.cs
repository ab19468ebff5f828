using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Reads flow logs of AWS.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class AwsReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
    private ConversationReading? _conversations;

    /// <inheritdoc />
    public IReadOnlyList<NameSighting> Names => [];

    /// <inheritdoc />
    public long NamesNotKept => 0;

    /// <inheritdoc />
    public long LeftOut => _conversations?.LeftOut ?? 0;

    /// <inheritdoc />
    public void Read(ImmutableArray<LogInput> inputs, ReadingPosition? position, CancellationToken cancellation)
    {
        _conversations = new ConversationReading(inputs, new ConversationFlow(LogSource.Aws, 0), options, sink);
        foreach (var input in inputs)
        {
            if (cancellation.IsCancellationRequested)
                break;
            var file = new AwsFile(input, _conversations);
            if (((AwsStart)input.Member.Content).Form == AwsForm.Json)
                file.ReadJson(position, cancellation);
            else
                file.ReadLines(position, cancellation);
            file.NoteSkipped();
        }

        _conversations.Complete();
    }
}
