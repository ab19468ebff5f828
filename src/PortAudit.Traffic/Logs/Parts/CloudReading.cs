using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>One reading of the flow logs of a cloud: their records are joined to conversations.</summary>
/// <param name="flows">Makes the flows.</param>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal abstract class CloudReading(ConversationFlow flows, LogOptions options, Action<FlowRecord, Outcome> sink)
    : ILogReading
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
        _conversations = new ConversationReading(inputs, flows, options, sink);
        foreach (var input in inputs)
        {
            if (!cancellation.IsCancellationRequested)
                ReadFile(input, _conversations, position, cancellation);
        }

        _conversations.Complete();
    }

    /// <summary>Reads one file.</summary>
    /// <param name="input">The file, and what is read of it.</param>
    /// <param name="conversations">Receives its records.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="cancellation">Stops the reading.</param>
    protected abstract void ReadFile(LogInput input, ConversationReading conversations, ReadingPosition? position,
        CancellationToken cancellation);

    /// <summary>Reads a file of JSON.</summary>
    /// <param name="input">The file, and what is read of it.</param>
    /// <param name="values">Receives its values.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="cancellation">Stops the reading.</param>
    protected static void ReadJson(LogInput input, IJsonSink values, ReadingPosition? position,
        CancellationToken cancellation)
    {
        if (LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
            return;
        using var json = new JsonContent(buffer);
        json.Read(values, input.Tally, cancellation);
    }
}
