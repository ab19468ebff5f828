using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>The frames that prove a finding about a flow.</summary>
/// <param name="Frames">Frame references, ascending; at most <see cref="FrameReference.MaximumPerFlow"/>. Includes the
/// ICMP error that stopped the flow.</param>
/// <param name="NotListed">Further frames of the flow.</param>
public sealed record FlowFrames(ImmutableArray<FrameReference> Frames, long NotListed)
{
    /// <summary>The row of a flow log, where the flow itself does not tell its identifier; null otherwise.</summary>
    public LogOrigin? Log { get; init; }
}

/// <summary>Reads the captures a second time to find the frames of flows named in findings: flows are many and findings
/// few, so the first pass keeps no frame numbers. Lists a flow's first frames, and always those that identified its
/// protocol, stopped it, refused it or showed credentials. With <see cref="ObserverOptions.DropDuplicates"/> a frame
/// recorded twice is listed once.</summary>
public static class EvidencePass
{
    /// <summary>Reads the captures again and returns frames by <see cref="FlowRecord.Id"/>.</summary>
    /// <param name="captures">The captures of the first pass.</param>
    /// <param name="options">The options of the first pass.</param>
    /// <param name="flows">The flows to find frames of.</param>
    /// <param name="packets">Packets read by the first pass; no more are read now, so that an interrupted run stays
    /// short.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="cancellation">Stops the search; frames found until then are returned.</param>
    public static IReadOnlyDictionary<ulong, FlowFrames> Find(
        CaptureSet captures, ObserverOptions options, IReadOnlyCollection<FlowRecord> flows, long packets,
        ReadingPosition? progress, CancellationToken cancellation)
    {
        var points = new PointTable();
        var search = new FrameSearch(flows, options);
        using var reading = new CaptureReading(captures, options, progress);
        while (!search.IsEmpty && reading.Packets < packets && !cancellation.IsCancellationRequested
            && reading.TryRead(points, out var packet))
        {
            if (progress is not null)
                progress.Packets = reading.Packets;
            search.Note(packet, reading.Capture, reading.Point);
        }

        return search.ToFrames();
    }

    /// <summary>The frames of a flow, kept during the first pass.</summary>
    public static FlowFrames OfKept(FlowRecord flow)
    {
        var listed = new FrameList(flow);
        foreach (var frame in flow.Frames)
            listed.Add(frame, isOwn: true);
        return listed.ToFrames();
    }

    /// <summary>Walks packets as the first pass did.</summary>
    private sealed class FrameSearch
    {
        private readonly WantedFlows _wanted;
        private readonly DecoderState _memory;
        private readonly TimestampGuard _doubted;
        private readonly bool _dropDuplicates;
        private ObservationClock _clock = new();

        public FrameSearch(IReadOnlyCollection<FlowRecord> flows, ObserverOptions options)
        {
            (_wanted, _memory, _dropDuplicates) =
                (new WantedFlows(flows), new DecoderState(options.Vlans), options.DropDuplicates);
            _doubted = new TimestampGuard(Walk, _memory.Duplicates);
        }

        public bool IsEmpty => _wanted.IsEmpty;

        public void Note(in CapturedPacket packet, int capture, ushort point)
        {
            if (_clock.Note(packet.TimestampNs))
                _doubted.Note(_clock, packet, capture, point, timestampDigits: 0);
            else
                Walk(packet, capture, point, timestampDigits: 0);
        }

        public Dictionary<ulong, FlowFrames> ToFrames()
        {
            _doubted.Complete();
            return _wanted.ToFrames();
        }

        private void Walk(in CapturedPacket packet, int capture, ushort point, byte timestampDigits)
        {
            var walk = default(PacketWalk);
            walk.Begin(packet, point, _memory);
            var frame = new FrameReference(capture, packet.Number);
            do
            {
                // Called for every packet, as in the first pass: it also tells fragments from their copies.
                if (!_memory.Duplicates.Repeats(walk, point, packet.TimestampNs) || !_dropDuplicates)
                    _wanted.Note(walk.Packet, point, packet.TimestampNs, frame);
            }
            while (walk.MoveInside());
        }
    }

    private sealed class WantedFlows
    {
        private readonly Dictionary<FlowKey, List<FrameList>> _byKey = [];

        public WantedFlows(IReadOnlyCollection<FlowRecord> flows)
        {
            // Indexes in a key match the first pass, which met points and tunnels in the same order.
            foreach (var flow in flows)
            {
                var key = KeyOf(flow);
                if (!_byKey.TryGetValue(key, out var lists))
                    _byKey.Add(key, lists = []);
                lists.Add(new FrameList(flow));
            }
        }

        public bool IsEmpty => _byKey.Count == 0;

        public void Note(in DecodedPacket packet, ushort point, long timestampNs, FrameReference frame)
        {
            if (packet.HasTransport)
                Note(FlowKey.Of(packet, point, out _), timestampNs, frame, isOwn: true);
            if (packet.HasQuote)
                Note(FlowKey.OfQuoted(packet, point, out _), timestampNs, frame, isOwn: false);
        }

        private void Note(in FlowKey key, long timestampNs, FrameReference frame, bool isOwn)
        {
            if (!_byKey.TryGetValue(key, out var lists))
                return;

            // An ICMP error follows the packet that it quotes, which may be the flow's last.
            var grace = isOwn ? 0 : IdleTimeouts.AnswerWaitNs;
            foreach (var list in lists)
            {
                if (timestampNs >= list.Flow.StartNs && timestampNs <= list.Flow.EndNs + grace)
                    list.Add(frame, isOwn);
            }
        }

        public Dictionary<ulong, FlowFrames> ToFrames() =>
            _byKey.Values.SelectMany(lists => lists).ToDictionary(list => list.Flow.Id, list => list.ToFrames());
    }

    private static FlowKey KeyOf(FlowRecord flow)
    {
        var packet = new DecodedPacket
        {
            Source = flow.Originator.Address,
            Destination = flow.Responder.Address,
            SourcePort = flow.Originator.Port,
            DestinationPort = flow.Responder.Port,
            Protocol = flow.Transport,
            Vlan = flow.Vlan,
            Tunnel = flow.TunnelNumber,
        };
        return FlowKey.Of(packet, flow.PointIndex, out _);
    }

    /// <summary>Frames of one flow: the first ones, with room reserved for the decisive ones.</summary>
    private sealed class FrameList(FlowRecord flow)
    {
        private readonly SortedSet<FrameReference> _frames = [.. Deciding(flow)];
        private readonly HashSet<FrameReference> _errors =
            flow is { OutcomeFrame: { } error, HasIcmpError: true } ? [error] : [];

        public FlowRecord Flow { get; } = flow;

        public void Add(FrameReference frame, bool isOwn)
        {
            if (_frames.Count >= FrameReference.MaximumPerFlow || (!isOwn && !Flow.HasIcmpError))
                return;
            _frames.Add(frame);
            if (!isOwn)
                _errors.Add(frame);
        }

        public FlowFrames ToFrames() =>
            new([.. _frames], Flow.Log is not null
                ? 0
                : Math.Max(0, Flow.Out.Packets + Flow.In.Packets - (_frames.Count - _errors.Count)));

        private static IEnumerable<FrameReference> Deciding(FlowRecord flow)
        {
            if (flow.ProtocolFrame is { } named)
                yield return named;
            if (flow.OutcomeFrame is { } stopped)
                yield return stopped;
            if (flow.SessionLoss is { Frame.Number: > 0 } lost)
                yield return lost.Frame;
            if (flow.LostData is { Frame.Number: > 0 } unacknowledged)
                yield return unacknowledged.Frame;
            if (flow.Refusal is { Frame.Number: > 0 } refusal)
                yield return refusal.Frame;
            if (flow.Credentials?.Frame is { } shown)
                yield return shown;
        }
    }
}
