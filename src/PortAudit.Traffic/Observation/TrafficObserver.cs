using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Observers.Refusals;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Processes a packet: decode, find its flow, count it and, while the flow is unidentified, pass its payload
/// to the recognisers. A finished flow becomes a <see cref="FlowRecord"/>. The only type that knows the order of these
/// stages.</summary>
public sealed class TrafficObserver
{
    private const int NoCarrier = -1;

    private readonly Action _orderBegins;
    private readonly FlowTable _table;
    private readonly FlowDetailPool _details = new();
    private readonly FlowIdentifier _identifier;
    private readonly HopLimitObserver _hopLimits;
    private readonly TransportTracker _transports;
    private readonly NameObserver _names;
    private readonly AnnouncementObserver _announcements;
    private readonly PayloadExaminer _payloads;
    private readonly AnswerTracker _answers;
    private readonly DecodeStopCounter _stops = new();
    private readonly PointTable _points = new();
    private readonly EncapsulationTally _encapsulation = new();
    private readonly DecoderState _memory;
    private readonly FlowRecordBuilder _records;
    private readonly TimestampGuard _doubted;
    private readonly FlowTracer? _tracer;
    private readonly ByteTimeTable? _byteTimes;
    private readonly Action<LinkSighting>? _seenOnLink;
    private readonly BehaviourTable? _behaviours;
    private readonly bool _dropDuplicates;
    private readonly bool _keepFrames;
    private readonly FlowEnding _ending;
    private ObservationClock _clock = new();

    internal TrafficObserver(ObserverOptions options, Action<FlowRecord> sink)
    {
        (_orderBegins, _memory) = (options.OrderBegins, new DecoderState(options.Vlans));
        _identifier = new FlowIdentifier(new BufferPool(), _details, options.ReadHandshakes, options.ReadNames);
        _hopLimits = new HopLimitObserver(_details);
        _transports = new TransportTracker(_hopLimits, _details);
        _names = new NameObserver(_identifier, _details, new RefusalObserver(_details), options.ReadNames);
        _announcements = new AnnouncementObserver(_identifier, _details, IdOf, options.FirstAnnouncement);
        _payloads = new PayloadExaminer(_identifier, _announcements, _names);
        (_keepFrames, _dropDuplicates) = (options.KeepFrames, options.DropDuplicates);
        _tracer = options.TraceFlows ? new FlowTracer(_details) : null;
        _byteTimes = options.TimeBytes ? new ByteTimeTable() : null;
        _seenOnLink = options.SeenOnLink;
        _behaviours = options.Behaviour == BehaviourCounting.None
            ? null : new BehaviourTable(ofProved: options.Behaviour == BehaviourCounting.All);
        _doubted = new TimestampGuard(Walk, _memory.Duplicates);
        _records = new FlowRecordBuilder(_details, _hopLimits, _points, _memory.Tunnels, _byteTimes, _behaviours);
        _table = new FlowTable(Ended, options.MaximumFlows);
        _answers = new AnswerTracker(_table, _details);
        _ending = new FlowEnding(_details, _records, _identifier, _announcements.Explainer, _names, sink)
        {
            Points = _points,
            Encapsulation = _encapsulation,
        };
    }

    internal FlowTable Flows => _table;

    internal PayloadExaminer Payloads => _payloads;

    /// <summary>Conversations not identified because the buffer limit was reached.</summary>
    internal long IdentificationsSkipped => _identifier.Skipped;

    /// <summary>Flows not traced because too many were active.</summary>
    internal long FlowsNotTraced => _tracer?.NotTraced ?? 0;

    /// <summary>Flows without a behaviour because too many were active.</summary>
    internal long BehavioursNotKept => _behaviours?.NotFollowed ?? 0;

    internal HopLimitTable HopLimits => _hopLimits.Book;

    internal NameObserver Names => _names;

    internal AnnouncementObserver Announcements => _announcements;

    internal PointTable Points => _points;

    internal EncapsulationTally Encapsulation => _encapsulation;

    /// <summary>The decoder's state between frames.</summary>
    internal DecoderState Memory => _memory;

    internal DecodeStopCounter DecodeStops => _stops;

    /// <summary>Reads all captures once, merged by time, and passes each flow to <paramref name="sink"/> when it ends;
    /// with more than one thread, on another one.</summary>
    public static ObservationSummary Observe(CaptureSet captures, ObserverOptions options, Action<FlowRecord> sink,
        ReadingPosition? progress, CancellationToken cancellation)
    {
        using var reading = new CaptureReading(captures, options, progress);
        using var handOver = options.Threads > 1 ? new FlowQueue(sink) : null;
        var observer = new TrafficObserver(handOver is null ? options : options
            with
        { OrderBegins = () => handOver.Call(options.OrderBegins) }, handOver is null ? sink : handOver.Add);
        while (!cancellation.IsCancellationRequested && reading.TryRead(observer.Points, out var packet))
        {
            observer.Observe(packet, reading.Capture, reading.Point, reading.TimestampDigits);
            progress?.Packets = reading.Packets;
        }

        observer.Complete();
        handOver?.Complete();
        return reading.Summarise(observer);
    }

    /// <summary>Lets time pass without a packet: idle flows end.</summary>
    /// <param name="nowNs">The time, by the clock that stamps the packets, in nanoseconds since the Unix epoch.</param>
    internal void Pass(long nowNs)
    {
        if (_clock.Note(nowNs))
            _doubted.Settle(_clock);
        _table.EndExpired(_clock.NowNs);
    }

    /// <summary>Begins a snapshot of the active flows. An unfinished one is abandoned.</summary>
    /// <param name="sink">Receives each flow once, except those too young to have an outcome.</param>
    internal void BeginSnapshot(Action<FlowRecord> sink)
    {
        _ending.Look = new FlowSnapshot(_points.Copy(), _encapsulation.Copy(), sink);
        _announcements.Book.BeginSnapshot();
    }

    /// <summary>Continues the snapshot for some slots of the flow table. Returns it when complete, else null.</summary>
    internal FlowSnapshot? ContinueLook(int slots)
    {
        if (_ending.Look is not { } look || !look.Continue(_table, slots, LookAt))
            return null;
        _ending.Look = null;
        return look;
    }

    /// <summary>Processes one packet.</summary>
    internal void Observe(in CapturedPacket packet, int capture, ushort point, byte timestampDigits)
    {
        _points.Count(point, packet);
        if (_clock.Note(packet.TimestampNs))
            _doubted.Note(_clock, packet, capture, point, timestampDigits);
        else
            Walk(packet, capture, point, timestampDigits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Walk(in CapturedPacket packet, int capture, ushort point, byte timestampDigits)
    {
        var frame = new FrameReference(capture, packet.Number);
        var walk = default(PacketWalk);
        walk.Begin(packet, point, _memory);
        var carrier = NoCarrier;
        if (walk.Packet.HasMorePackets)
            _stops.Count(DecodeLayer.Link, DecodeReason.MorePackets, frame);
        do
        {
            if (walk.Packet.HasTransport)
                carrier = Follow(walk, packet, carrier, point, frame, timestampDigits);
        }
        while (walk.MoveInside());

        // A fragment waits for the one that names its flow, which then counts it.
        if (carrier == NoCarrier && !walk.Packet.IsFragment)
            _encapsulation.AddFrame(walk.Packet.Vlan, packet.OriginalLength);
        if (walk.Packet.StopReason == DecodeReason.Done)
            return;
        if (walk.Packet.LinkProtocol != LinkProtocol.None && carrier == NoCarrier)
            _stops.Count(walk.Packet.LinkProtocol, frame);
        else
            _stops.Count(walk.Packet.StoppedAt, walk.Packet.StopReason, frame);
        if (walk.Packet.StopReason == DecodeReason.CutByCapture && carrier == NoCarrier)
            _points.CountHeadersCut(point);
    }

    /// <summary>Ends every flow at the end of the captures.</summary>
    internal void Complete()
    {
        _ending.Look = null;
        _doubted.Complete();
        if (_table.EndsInOrder)
            _orderBegins();
        _table.EndAll();
    }

    /// <summary>Adds a packet to its flow and returns the flow's slot.</summary>
    private int Follow(in PacketWalk walk, in CapturedPacket packet, int carrier, ushort point, FrameReference frame,
        byte timestampDigits)
    {
        ref readonly var decoded = ref walk.Packet;
        ref readonly var key = ref _memory.KeyOf(point, out var sender);
        var sent = new SentPacket(sender, packet.TimestampNs, frame);
        var hash = key.Hash();
        ref var flow = ref _table.Find(key, hash, out var slot);
        if (_memory.Duplicates.Repeats(walk, key, sender, packet.TimestampNs) && slot >= 0)
        {
            FollowDuplicate(ref flow, slot, packet.OriginalLength, walk, sent);
            return slot;
        }

        if (slot < 0 || IdleTimeouts.IsOver(in flow, walk, sent))
            flow = ref Begin(ref slot, key, hash, walk, sent, carrier, timestampDigits);
        if (_seenOnLink is not null && flow.Of(sender).Packets == 0)
            NoteLink(walk, packet, point, frame);
        _transports.Note(ref flow, walk, sent);
        FlowCounting.Count(ref flow, walk, packet.OriginalLength, sent);
        _tracer?.Note(ref flow, walk, sent);
        if (walk.BringsEarlier)
            FlowCounting.CountCopies(ref flow, walk, _details, sender, _dropDuplicates);
        _byteTimes?.Note(slot, packet.TimestampNs, flow.Bytes);
        if (_keepFrames)
            _details.Find(in flow)!.KeepFrame(frame);
        if (walk.CameAsFragment)
            FlowCounting.CountFragment(ref flow, walk, _details, sent);
        if (decoded.PayloadLength > 0)
        {
            if (PayloadExaminer.Wants(in flow))
                _payloads.Examine(ref flow, walk, sent);
            _answers.Note(ref flow, walk, sender);
        }

        if (_behaviours is { } behaviours && behaviours.Follows(in flow))
            behaviours.Note(slot, walk, sent, flow.Packets == 1);
        _table.Touch(ref flow, slot, packet.TimestampNs, IdleTimeouts.ClassOf(in flow));
        if (decoded.HasQuote)
            IcmpErrorTracker.Note(slot, decoded, point, frame, _table, _details);
        return slot;
    }

    private void NoteLink(in PacketWalk walk, in CapturedPacket packet, ushort point, FrameReference frame)
    {
        if (!walk.IsOutermost || packet.LinkType != LinkType.Ethernet
            || !EthernetFrame.TryParse(packet.Bytes, out var link, out _))
            return;
        var routers = HopCount.Of(walk.Packet.TimeToLive);
        _seenOnLink!(new LinkSighting(_points.NameOf(point), walk.Packet.Source, link.Source,
            routers == HopCount.Unknown ? null : routers, frame));
    }

    /// <summary>A packet recorded twice counts as packet and bytes, as in the file, but nothing else: it did not happen
    /// twice.</summary>
    private void FollowDuplicate(ref Flow flow, int slot, int originalLength, in PacketWalk walk, in SentPacket sent)
    {
        var detail = _details.Of(ref flow);
        detail.Duplicates++;
        if (walk.BringsHeader)
            _hopLimits.NoteCopy(ref flow, walk.Packet, sent);
        if (_dropDuplicates)
            return;
        detail.CountedDuplicates++;
        FlowCounting.Count(ref flow, walk, originalLength, sent);
        _byteTimes?.Note(slot, sent.TimestampNs, flow.Bytes);
        detail.KeepFrame(sent.Frame);
        _table.Touch(ref flow, slot, sent.TimestampNs, flow.IdleClass);
    }

    /// <summary>Begins a flow with its first packet, ending the flow of the same key in the slot, if any.</summary>
    private ref Flow Begin(scoped ref int slot, scoped in FlowKey key, uint hash, scoped in PacketWalk walk,
        scoped in SentPacket sent, int carrier, byte timestampDigits)
    {
        var incarnations = slot >= 0 ? _records.IncarnationsBehind(_table.At(slot), sent.TimestampNs) : 0;
        if (slot >= 0)
            _table.End(slot);
        var parent = carrier == NoCarrier ? 0 : IdOf(_table.At(carrier));
        ref var flow = ref _table.Add(key, hash, sent.TimestampNs, _clock.NowNs,
            IdleTimeouts.FirstClassOf(key.Transport), out slot);
        (flow.Capture, flow.TimestampDigits) = (sent.Frame.Capture, timestampDigits);
        if (_keepFrames)
            _details.Of(ref flow).BeginFrames();
        _details.NoteIncarnations(ref flow, incarnations);
        if (parent != 0)
            (flow.Level, _details.Of(ref flow).Parent) = ((byte)walk.Level, parent);
        if (parent != 0 && _table.At(carrier).Key.Vlan == key.Vlan)
            flow.Flags |= FlowFlags.VlanOfCarrier;
        FlowDirection.Begin(ref flow, walk.Packet, sent.Sender);
        return ref flow;
    }

    private ulong IdOf(Flow flow) => _records.IdOf(in flow);

    private void LookAt(int slot) => _ending.LookAt(_table.At(slot), slot, _clock.LatestNs);

    private void Ended(ref Flow flow, int slot)
    {
        _payloads.End(ref flow);
        _ending.End(ref flow, slot, _clock.LatestNs);
        _byteTimes?.Release(slot);
        _behaviours?.Release(slot);
    }
}
