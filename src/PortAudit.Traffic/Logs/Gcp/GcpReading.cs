using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>Reads flow logs of Google Cloud.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class GcpReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
    private const int Nanoseconds = 9;

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
        _conversations = new ConversationReading(inputs, new ConversationFlow(LogSource.Gcp, Nanoseconds), options,
            sink);
        foreach (var input in inputs)
        {
            if (cancellation.IsCancellationRequested
                || LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
                continue;
            using var json = new JsonContent(buffer);
            json.Read(new GcpFile(input, _conversations), input.Tally, cancellation);
            if (input.Member.Content is GcpStart { IsOfFirewall: false })
                input.Tally.NoteOddity("Google Cloud samples packets, so counts are estimates, and what is not in the "
                    + "log may have passed");
        }

        _conversations.Complete();
    }
}
