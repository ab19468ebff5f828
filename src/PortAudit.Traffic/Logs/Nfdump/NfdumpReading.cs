using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>Reads what nfdump prints, file by file in the order of their paths: what follows in the next file belongs
/// to the same flows.</summary>
/// <param name="options">How files are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class NfdumpReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
    private readonly Dictionary<string, ReceiptTime> _times = new(StringComparer.Ordinal);
    private ExportFlows? _flows;

    /// <inheritdoc />
    public IReadOnlyList<NameSighting> Names => [];

    /// <inheritdoc />
    public long NamesNotKept => 0;

    /// <inheritdoc />
    public long LeftOut => _flows?.LeftOut ?? 0;

    /// <inheritdoc />
    public void Read(ImmutableArray<LogInput> inputs, ReadingPosition? position, CancellationToken cancellation)
    {
        _flows = new ExportFlows(inputs, options, sink);
        foreach (var input in inputs)
        {
            if (cancellation.IsCancellationRequested
                || LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
                continue;
            using var json = new JsonContent(buffer);
            json.Read(FileOf(input, _flows), input.Tally, cancellation);
        }

        _flows.Complete();
    }

    private NfdumpFile FileOf(LogInput input, ExportFlows flows)
    {
        var point = flows.Enter(input.Member);
        if (!_times.TryGetValue(point, out var time))
            _times.Add(point, time = new ReceiptTime());
        return new NfdumpFile(input, point, flows, time);
    }
}
