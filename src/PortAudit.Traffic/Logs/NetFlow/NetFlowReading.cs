using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Reads export datagrams of files, in the order of their paths, as templates of one describe the data of the
/// next.</summary>
/// <param name="options">How files are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class NetFlowReading(LogOptions options, Action<FlowRecord, Outcome> sink) : ILogReading
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
            ReadFile(input, decoder, _flows.Enter(input.Member), position, cancellation);
        decoder.Complete();
        _flows.Complete();
        ExportNotes.Say(inputs[0].Tally, decoder.TemplatesNotKept, "templates not kept, whose data was not read");
        ExportNotes.Say(inputs[0].Tally, decoder.SetsNotNoted,
            "sets of data not read, as their templates had not come");
    }

    private static void ReadFile(LogInput input, DatagramDecoder decoder, string point, ReadingPosition? position,
        CancellationToken cancellation)
    {
        if (LogFile.TryOpen(input.Member.Path, position, out _) is not { } buffer)
            return;
        using var datagrams = new DatagramReader(buffer);
        while (!cancellation.IsCancellationRequested && datagrams.TryRead(out var header, out var datagram))
        {
            var problem = datagram.IsEmpty
                ? null
                : decoder.Decode(input, point, header, datagram, datagrams.Number, datagrams.Offset);
            if (problem is not null)
                input.Tally.NoteDamage(datagrams.Offset, 0, datagrams.Number, problem);
            if (datagrams.Problem is { } damage && !datagrams.IsCut)
                input.Tally.NoteDamage(datagrams.Offset, datagrams.Skipped, datagrams.Number, string.Create(
                    CultureInfo.InvariantCulture, $"{damage}; {datagrams.Skipped:N0} bytes were skipped"));
        }

        if (!cancellation.IsCancellationRequested)
            input.Tally.End(datagrams.Failure, datagrams.End, datagrams.Number, datagrams.IsCut);
    }
}
