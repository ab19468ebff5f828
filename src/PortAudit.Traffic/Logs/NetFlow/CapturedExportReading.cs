using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Reads the export datagrams of captures. Unlike files of datagrams, a capture names the exporter, so
/// templates and domains are those of an address.</summary>
/// <param name="options">How they are read.</param>
/// <param name="sink">Receives every flow, with its outcome if the captures ended too early for an answer.</param>
internal sealed class CapturedExportReading(LogOptions options, Action<FlowRecord, Outcome> sink)
    : DatagramReading(options, sink)
{
    private readonly Dictionary<(IpAddress Exporter, ushort Version, uint Domain), uint> _domains = [];

    /// <summary>Reads a capture. What is wrong with the capture itself is said of it where its packets are audited.
    /// </summary>
    protected override void ReadFile(LogInput input, DatagramDecoder decoder, string point, ReadingPosition? position,
        CancellationToken cancellation)
    {
        var (datagrams, cut) = (0L, 0L);
        using var source = TryOpen(input.Member.Path, position);
        while (source is not null && !cancellation.IsCancellationRequested && source.TryRead(out var frame))
        {
            if (!CapturedExport.TryFind(frame, out var header, out var datagram, out var exporter, out var isCut))
                continue;
            datagrams++;
            cut += isCut ? 1 : 0;
            header = header.Of(NumberOf(exporter, header));
            if (decoder.Decode(input, point, header, datagram, frame.Number, 0) is { } problem)
                input.Tally.NoteDamage(0, 0, frame.Number, problem);
        }

        ExportNotes.Say(input.Tally, cut, "export datagrams that are cut or in fragments, of which only the first "
            + "records were read");
        if (datagrams == 0)
            input.Tally.NoteOddity("no datagram in it is one of NetFlow or IPFIX");
        if (!cancellation.IsCancellationRequested)
            input.Tally.End(null, 0, 0, isCut: false);
    }

    private static ICaptureSource? TryOpen(string path, ReadingPosition? position)
    {
        try
        {
            return CaptureFile.Open(path, position, aheadOfReading: false);
        }
        catch (CaptureFormatException)
        {
            return null;
        }
    }

    /// <summary>The number of a domain of an exporter, from 1; 0 for those beyond the limit.</summary>
    private uint NumberOf(IpAddress exporter, in ExportHeader header)
    {
        var key = (exporter, header.Version, header.Domain);
        if (_domains.TryGetValue(key, out var number))
            return number;
        if (_domains.Count >= DomainTable.MaximumDomains)
            return 0;
        _domains.Add(key, number = (uint)_domains.Count + 1);
        return number;
    }
}
