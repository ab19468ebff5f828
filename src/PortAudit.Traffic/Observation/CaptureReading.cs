using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Reads a set of captures as one stream; counts what was read of each and finds its capture point.</summary>
internal sealed class CaptureReading : IDisposable
{
    private const ushort Unknown = ushort.MaxValue;

    private static readonly CaptureEnd Stopped = new(CaptureEndKind.Stopped, 0, "reading was stopped before the end");
    private static readonly CaptureEnd StillRead = new(CaptureEndKind.Complete, 0, "");

    private readonly CaptureSet _captures;
    private readonly ObserverOptions _options;
    private readonly CaptureMerge _merge;
    private readonly Tally[] _tallies;
    private int _member;

    public CaptureReading(CaptureSet captures, ObserverOptions options, ReadingPosition? position = null)
    {
        _captures = captures;
        _options = options;
        _merge = new CaptureMerge(captures, position, options.Threads > 1);
        _tallies = [.. captures.Members.Select(_ => new Tally())];
    }

    /// <summary>Packets read so far.</summary>
    public long Packets { get; private set; }

    /// <summary>Sum of their original lengths.</summary>
    public long Bytes { get; private set; }

    /// <summary>Time of the current packet, in nanoseconds since the Unix epoch; null before the first.</summary>
    public long? LatestNs { get; private set; }

    /// <summary>Number of the capture of the current packet.</summary>
    public int Capture => _options.FirstCapture + _member;

    /// <summary>Index of the capture point of the current packet.</summary>
    public ushort Point { get; private set; }

    /// <summary>Decimal digits of a second in the timestamps of the current packet's interface.</summary>
    public byte TimestampDigits { get; private set; }

    /// <summary>Moves to the next packet. False when there is none.</summary>
    public bool TryRead(PointTable points, out CapturedPacket packet)
    {
        if (!_merge.TryRead(out packet))
            return false;
        Note(points, packet);
        return true;
    }

    /// <summary>Moves to the next packet; on live captures waits for it at most <paramref name="patienceMs"/>
    /// milliseconds.</summary>
    public CaptureRead Read(PointTable points, int patienceMs, out CapturedPacket packet)
    {
        var read = _merge.Read(patienceMs, out packet);
        if (read == CaptureRead.Packet)
            Note(points, packet);
        return read;
    }

    /// <summary>Interface statistics so far: packets that the captures do not hold.</summary>
    public ImmutableArray<InterfaceStatistics> Statistics =>
        [.. Enumerable.Range(0, _tallies.Length).SelectMany(capture => _merge.AnnotationsOf(capture).Drops)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(PointTable points, in CapturedPacket packet)
    {
        Packets++;
        Bytes += packet.OriginalLength;
        LatestNs = packet.TimestampNs;
        _member = _merge.Capture;
        var tally = _tallies[_member];
        ref readonly var interfacePoint = ref tally.PointOfInterface(packet.InterfaceIndex);
        if (interfacePoint.Point == Unknown)
            interfacePoint = ref BeginInterface(tally, points, packet.InterfaceIndex);
        (Point, TimestampDigits) = (interfacePoint.Point, interfacePoint.TimestampDigits);
        tally.Count(packet);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref readonly InterfacePoint BeginInterface(Tally tally, PointTable points, int interfaceIndex)
    {
        tally.Add(interfaceIndex, PointOfInterface(points, _merge.Source.Interfaces[interfaceIndex]));
        return ref tally.PointOfInterface(interfaceIndex);
    }

    public ImmutableArray<CaptureSummary> SummariseCaptures(PointTable points) =>
        [.. _tallies.Select((_, capture) => SummaryOf(capture, points))];

    /// <summary>What was read, once the observer has completed.</summary>
    public ObservationSummary Summarise(TrafficObserver observer)
    {
        for (var capture = 0; capture < _tallies.Length; capture++)
            observer.Names.NoteCapture(_merge.AnnotationsOf(capture));
        return Summarise(observer, observer.Points.Copy(), observer.Encapsulation,
            SummariseCaptures(observer.Points));
    }

    /// <summary>What was read so far, for a snapshot of the active flows: its points, to which the drops of their
    /// interfaces are added, VLANs and tunnels, and the captures when it began.</summary>
    public ObservationSummary Summarise(TrafficObserver observer, PointTable points, EncapsulationTally encapsulation,
        ImmutableArray<CaptureSummary> captures)
    {
        for (var capture = 0; capture < _tallies.Length; capture++)
            AddDrops(points, capture, captures[capture].Annotations.Drops);
        return new ObservationSummary
        {
            Captures = captures,
            Points = points.Summarise(),
            DecodeStops = observer.DecodeStops.Summarise(),
            LinkProtocols = observer.DecodeStops.SummariseLinks(),
            Vlans = encapsulation.Vlans,
            Tunnels = encapsulation.Tunnels,
            PointsMerged = points.Merged,
            FlowsEvicted = observer.Flows.Evicted,
            Fragments = observer.Memory.Fragments.Counts,
            PacketsOfOtherTunnels = observer.Memory.Tunnels.PacketsOfOthers,
            IdentificationsSkipped = observer.IdentificationsSkipped,
            Announcements = observer.Announcements.Book.ToUses(),
            AnnouncementsForgotten = observer.Announcements.Book.Forgotten,
            ControlChannels = observer.Announcements.Channels.ToCounts(),
            Names = observer.Names.Book.ToSightings(),
            NameSightingsNotKept = observer.Names.Book.SightingsNotKept,
            FlowsReadInPartForNames = observer.Names.FlowsReadInPart,
            HopLimitsNotKept = observer.HopLimits.NotKept,
            FlowsNotTraced = observer.FlowsNotTraced,
            BehavioursNotKept = observer.BehavioursNotKept,
            Shed = observer.Payloads.Shed,
        };
    }

    /// <inheritdoc />
    public void Dispose() => _merge.Dispose();

    private CaptureSummary SummaryOf(int capture, PointTable points)
    {
        var ending = _merge.EndingOf(capture) ?? (_captures.Live is null ? Stopped : StillRead);
        return _tallies[capture].Summarise(_captures.Members[capture].Path, _merge.FormatOf(capture), ending) with
        {
            Annotations = _merge.AnnotationsOf(capture),
            Points = [.. _tallies[capture].Points.Select(points.NameOf).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>An interface may have lost all of its packets: its point is then first seen here.</summary>
    private void AddDrops(PointTable points, int capture, ImmutableArray<InterfaceStatistics> statistics)
    {
        foreach (var drops in statistics.Where(drops => drops.Dropped > 0))
        {
            var interfacePoint = _tallies[capture].PointOfInterface(drops.Interface);
            points.AddDropped(
                interfacePoint.Point != Unknown ? interfacePoint.Point : PointOf(points, capture, drops.Name),
                drops.Dropped!.Value);
        }
    }

    private ushort PointOf(PointTable points, int capture, string? interfaceName) =>
        points.IndexOf(_options.CapturePointOf(_captures.Members[capture].Path, interfaceName));

    private InterfacePoint PointOfInterface(PointTable points, CaptureInterface described)
    {
        var point = PointOf(points, _member, described.Name);
        points.NoteFilter(point, described.Filter);
        points.NoteFilter(point, _captures.Selection.Filter);
        return new InterfacePoint(point, (byte)described.TimestampDigits);
    }

    private readonly record struct InterfacePoint(ushort Point, byte TimestampDigits);

    private sealed class Tally
    {
        private static readonly InterfacePoint NotYet = new(Unknown, 0);
        private readonly Dictionary<LinkType, UnreadLink> _unread = [];

        // Keyed by int, not enum: the framework ships precompiled code for int keys.
        private readonly Dictionary<int, LinkCount> _links = [];
        private InterfacePoint[] _interfacePoints = [];
        private LinkType _link;
        private bool _isLinkRead = PacketDecoder.Reads(default);
        private long _linkPackets;
        private long _packets;
        private CaptureTimes _times;
        private int _timestampDigits;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref readonly InterfacePoint PointOfInterface(int interfaceIndex) =>
            ref interfaceIndex < _interfacePoints.Length ? ref _interfacePoints[interfaceIndex] : ref NotYet;

        /// <summary>The points of the interfaces that had a packet.</summary>
        public IEnumerable<ushort> Points =>
            _interfacePoints.Select(at => at.Point).Where(point => point != Unknown).Distinct();

        public void Add(int interfaceIndex, InterfacePoint interfacePoint)
        {
            var known = _interfacePoints.Length;
            if (interfaceIndex >= known)
            {
                Array.Resize(ref _interfacePoints, interfaceIndex + 1);
                for (var index = known; index < _interfacePoints.Length; index++)
                    _interfacePoints[index] = NotYet;
            }

            _interfacePoints[interfaceIndex] = interfacePoint;
            _timestampDigits = Math.Max(_timestampDigits, interfacePoint.TimestampDigits);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Count(in CapturedPacket packet)
        {
            _packets++;
            _times.Note(packet.TimestampNs);
            if (packet.LinkType != _link)
                ChangeLink(packet.LinkType);
            _linkPackets++;
            if (!_isLinkRead)
                CountUnread(packet);
        }

        public CaptureSummary Summarise(string path, string format, CaptureEnd ending)
        {
            ChangeLink(_link);
            return new CaptureSummary(path, format, _packets, _packets > 0 ? _times.FirstNs : null,
                _packets > 0 ? _times.LastNs : null, _timestampDigits,
                [.. _unread.Values.OrderBy(unread => unread.LinkType.Value)], ending)
            {
                Clock = _times.Clock,
                Links = [.. _links.Values.OrderBy(link => (int)link.LinkType.Value)],
            };
        }

        /// <summary>Nearly every capture has one link type, so frames are summed while it stays the same.</summary>
        private void ChangeLink(LinkType next)
        {
            if (_linkPackets > 0)
                _links[_link.Value] =
                    new LinkCount(_link, (_links.GetValueOrDefault(_link.Value)?.Packets ?? 0) + _linkPackets);
            (_link, _linkPackets, _isLinkRead) = (next, 0, PacketDecoder.Reads(next));
        }

        private void CountUnread(in CapturedPacket packet) =>
            _unread[packet.LinkType] = _unread.TryGetValue(packet.LinkType, out var known)
                ? known with { Packets = known.Packets + 1 }
                : new UnreadLink(packet.LinkType, 1, packet.Number);
    }
}
