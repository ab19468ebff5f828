using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic;

/// <summary>
/// The walk of a packet: decode, find its flow, count it, and while the flow is undecided show its payload to the recognisers. The
/// packet ends there; a flow that ends becomes a <see cref="FlowRecord"/>. The one type that knows the order of the stages.
/// </summary>
public sealed class TrafficObserver
{
    private readonly Action<FlowRecord> _sink;
    private readonly FlowTable _table;
    private readonly FlowDetailPool _details = new();
    private readonly FlowIdentifier _identifier;
    private readonly DecodeStopCounter _stops = new();
    private readonly PointTable _points = new();
    private readonly DuplicateFilter _duplicates = new();
    private readonly bool _dropDuplicates;
    private readonly bool _keepFrames;
    private long _latestNs = long.MinValue;

    internal TrafficObserver(ObserverOptions options, Action<FlowRecord> sink)
    {
        _sink = sink;
        _identifier = new FlowIdentifier(new BufferPool(), _details);
        _keepFrames = options.KeepFrames;
        _dropDuplicates = options.DropDuplicates;
        _table = new FlowTable(Ended, options.MaximumFlows);
    }

    /// <summary>Flows that were met so far.</summary>
    internal long FlowsBegun => _table.Begun;

    /// <summary>Flows that were ended early because the table was full.</summary>
    internal long FlowsEvicted => _table.Evicted;

    /// <summary>Conversations whose protocol was not looked for because the buffers' bound was reached.</summary>
    internal long IdentificationsSkipped => _identifier.Skipped;

    /// <summary>The capture points.</summary>
    internal PointTable Points => _points;

    /// <summary>Where decoding ended.</summary>
    internal DecodeStopCounter DecodeStops => _stops;

    /// <summary>Reads all captures once, merged by time, and hands every finished flow to <paramref name="sink"/>.</summary>
    /// <param name="captures">What to read.</param>
    /// <param name="options">How.</param>
    /// <param name="sink">Receives each flow once, at its end; the order is that of their ends.</param>
    /// <param name="progress">Told the number of packets read so far, now and then; null for silence.</param>
    /// <param name="cancellation">Stops reading; what was read until then is completed.</param>
    public static ObservationSummary Observe(CaptureSet captures, ObserverOptions options, Action<FlowRecord> sink, Action<long>? progress, CancellationToken cancellation)
    {
        using var reading = new CaptureReading(captures, options);
        var observer = new TrafficObserver(options, sink);
        while (!cancellation.IsCancellationRequested && reading.TryRead(observer.Points, out var packet))
        {
            observer.Observe(packet, reading.Capture, reading.Point, reading.TimestampDigits);
            if (progress is not null && (reading.Packets & CaptureReading.ProgressMask) == 0)
                progress(reading.Packets);
        }

        observer.Complete();
        return reading.Summarise(observer);
    }

    /// <summary>Walks one packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="capture">Index of its capture.</param>
    /// <param name="point">Index of its capture point in <see cref="Points"/>.</param>
    /// <param name="timestampDigits">Decimal digits of a second that its capture resolves.</param>
    internal void Observe(in CapturedPacket packet, int capture, ushort point, byte timestampDigits)
    {
        _latestNs = Math.Max(_latestNs, packet.TimestampNs);
        _points.Count(point, packet);
        var frame = new FrameReference(capture, packet.Number);
        PacketDecoder.Decode(packet.Bytes, packet.LinkType, packet.OriginalLength, out var decoded);
        if (decoded.StopReason != DecodeReason.Done)
            _stops.Count(decoded.StoppedAt, decoded.StopReason, frame);
        if (!decoded.HasTransport)
            return;

        var key = FlowKey.Of(decoded, point, out var sentByLow);
        var hash = key.Hash();
        var payload = packet.Bytes.Slice(decoded.PayloadOffset, decoded.PayloadLength);
        if (_duplicates.Repeats(hash, sentByLow, decoded, payload, packet.TimestampNs) && _table.Find(key, hash) is >= 0 and var again)
        {
            FollowDuplicate(again, packet, decoded, sentByLow, frame);
            return;
        }

        var place = FindOrAdd(key, hash, decoded, packet.TimestampNs, sentByLow, frame, timestampDigits);
        ref var flow = ref _table.At(place);
        Note(ref flow, decoded, sentByLow, packet.TimestampNs);
        Count(ref flow, decoded, packet.OriginalLength, sentByLow);
        KeepFrame(ref flow, frame);
        if (!payload.IsEmpty && !flow.Has(FlowMarks.IdentificationEnded))
            _identifier.Show(ref flow, decoded, payload, sentByLow, frame);
        _table.Touch(place, packet.TimestampNs, IdleClassOf(in flow));
        if (decoded.HasQuote)
            NoteQuote(place, decoded, point, frame);
    }

    /// <summary>Ends every flow: the capture is over.</summary>
    internal void Complete() => _table.EndAll();

    private static IdleClass IdleClassOf(ref readonly Flow flow)
    {
        var transport = flow.Key.Transport;
        if (transport == IpProtocol.Tcp)
            return TcpTracker.IdleClassOf(in flow);
        return transport.IsIcmp ? IdleClass.Icmp : IdleClass.Datagram;
    }

    /// <summary>A packet that was recorded twice is in the columns of packets and bytes, as it is in the file, but it did not happen twice.</summary>
    private void FollowDuplicate(int place, in CapturedPacket packet, in DecodedPacket decoded, bool sentByLow, FrameReference frame)
    {
        ref var flow = ref _table.At(place);
        var detail = _details.Of(ref flow);
        detail.Duplicates++;
        if (_dropDuplicates)
            return;
        detail.CountedDuplicates++;
        Count(ref flow, decoded, packet.OriginalLength, sentByLow);
        KeepFrame(ref flow, frame);
        _table.Touch(place, packet.TimestampNs, flow.IdleClass);
    }

    private void Note(ref Flow flow, in DecodedPacket decoded, bool sentByLow, long timestampNs)
    {
        if (decoded.Protocol == IpProtocol.Tcp)
            TcpTracker.Note(ref flow, decoded, sentByLow, timestampNs, _details);
        else if (decoded.OriginalPayloadLength > 0)
            flow.History.Add(HistoryEvent.Data, sentByLow);
    }

    private static void Count(ref Flow flow, in DecodedPacket decoded, int originalLength, bool sentByLow)
    {
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        side.Packets++;
        side.Bytes += originalLength;
        side.PayloadBytes += decoded.OriginalPayloadLength;
    }

    private int FindOrAdd(in FlowKey key, uint hash, in DecodedPacket decoded, long timestampNs, bool sentByLow, FrameReference frame, byte timestampDigits)
    {
        var place = _table.Find(key, hash);
        if (place >= 0)
        {
            ref var known = ref _table.At(place);
            var isOver = timestampNs - known.LastNs > IdleTimeouts.Of(known.IdleClass)
                || (key.Transport == IpProtocol.Tcp && TcpTracker.OpensAnother(in known, decoded, sentByLow));
            if (!isOver)
                return place;
            _table.End(place);
        }

        place = _table.Add(key, hash, timestampNs, _latestNs, key.Transport.IsIcmp ? IdleClass.Icmp : key.Transport == IpProtocol.Tcp ? IdleClass.TcpTransitory : IdleClass.Datagram);
        ref var flow = ref _table.At(place);
        flow.Capture = frame.Capture;
        flow.TimestampDigits = timestampDigits;
        if (_keepFrames)
            _details.Of(ref flow).Frames = new FrameReference[EvidencePass.MaximumFramesPerFlow];
        FlowDirection.Begin(ref flow, decoded, sentByLow);
        return place;
    }

    private static void KeepFrame(ref Flow flow, FrameReference frame)
    {
        if (flow.Detail?.Frames is { } frames && flow.Packets <= frames.Length)
            frames[flow.Packets - 1] = frame;
    }

    /// <summary>Ties an ICMP error to the flow that it quotes, when the quoted packet came from that flow's originator.</summary>
    private void NoteQuote(int errorPlace, in DecodedPacket decoded, ushort point, FrameReference frame)
    {
        var key = FlowKey.OfQuoted(decoded, point, out var quotedFromLow);
        var place = _table.Find(key, key.Hash());
        if (place < 0)
            return;
        _table.At(errorPlace).Marks |= FlowMarks.QuotesSeenFlow;

        ref var flow = ref _table.At(place);
        var (type, code) = ((byte)decoded.SourcePort, (byte)decoded.DestinationPort);
        if (flow.Has(FlowMarks.IcmpError) || quotedFromLow != flow.LowIsOriginator || !OutcomeOf.Stops(decoded.Protocol, type, code))
            return;
        flow.Marks |= FlowMarks.IcmpError;
        var detail = _details.Of(ref flow);
        (detail.ErrorType, detail.ErrorCode, detail.ErrorSender) = (type, code, decoded.Source);
        detail.OutcomeFrame = frame;
    }

    private void Ended(ref Flow flow)
    {
        _identifier.End(ref flow);
        TcpTracker.End(ref flow);
        var record = FlowRecorder.Record(in flow, _points.NameOf(flow.Key.Point), _latestNs);
        _points.Count(flow.Key.Point, record, flow.Detail?.Ledger?.HolesClosedEarly ?? 0);
        _identifier.ReleaseNotes(ref flow);
        _details.Return(ref flow);
        _sink(record);
    }
}
