using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Reads export datagrams in the order of the paths of their files, as templates of one describe the data of
/// the next.</summary>
/// <param name="options">How files are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the files ended too early for an answer.</param>
internal abstract class DatagramReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
{
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
        var decoder = new DatagramDecoder(_flows.Add);
        foreach (var input in inputs)
        {
            ReadFile(input, decoder, _flows.Enter(input.Member), position, cancellation);
            var came = decoder.EndFile(out var lost);
            _flows.NoteLost(input.Member, lost, came);
        }

        decoder.Complete();
        _flows.Complete();
        ExportNotes.Say(inputs[0].Tally, decoder.TemplatesNotKept, "templates not kept, whose data was not read");
        ExportNotes.Say(inputs[0].Tally, decoder.SetsNotNoted,
            "sets of data not read, as their templates had not come");
    }

    /// <summary>Reads the datagrams of a file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="decoder">Takes each datagram.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="position">Receives the bytes read; null for nothing.</param>
    /// <param name="cancellation">Stops the reading.</param>
    protected abstract void ReadFile(LogInput input, DatagramDecoder decoder, string point, ReadingPosition? position,
        CancellationToken cancellation);
}
