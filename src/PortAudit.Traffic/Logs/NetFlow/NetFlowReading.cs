using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Reads files of export datagrams.</summary>
/// <param name="options">How files are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class NetFlowReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    : DatagramReading(options, sink)
{
    /// <inheritdoc />
    protected override void ReadFile(LogInput input, DatagramDecoder decoder, string point, ReadingPosition? position,
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
