using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Capture points of an observation and their counters.</summary>
internal sealed class PointTable
{
    /// <summary>Capture points kept apart: the key of a flow has two bytes for the point.</summary>
    public const int MaximumPoints = ushort.MaxValue;

    private readonly Dictionary<string, ushort> _indexByName = new(StringComparer.Ordinal);
    private readonly List<Point> _points = [];

    /// <summary>Interfaces merged into the last point because there were too many.</summary>
    public long Merged { get; private set; }

    /// <summary>The index of a point, added when new. Beyond <see cref="MaximumPoints"/> the last one takes
    /// all.</summary>
    public ushort IndexOf(string name)
    {
        if (_indexByName.TryGetValue(name, out var index))
            return index;
        if (_points.Count == MaximumPoints)
        {
            Merged++;
            return MaximumPoints - 1;
        }

        index = (ushort)_points.Count;
        _points.Add(new Point(name));
        _indexByName.Add(name, index);
        return index;
    }

    public string NameOf(ushort index) => _points[index].Name;

    /// <summary>Adds the capture filter of one of the point's interfaces.</summary>
    public void NoteFilter(ushort index, string? filter)
    {
        if (!string.IsNullOrEmpty(filter))
            _points[index].Filters.Add(filter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(ushort index, in CapturedPacket packet) => _points[index].Count(packet);

    /// <summary>Counts a frame cut before its addresses and ports were complete.</summary>
    public void CountHeadersCut(ushort index) => _points[index].CountHeadersCut();

    /// <summary>Adds packets that a capture reports as lost.</summary>
    public void AddDropped(ushort index, long packets) => _points[index].AddDropped(packets);

    /// <summary>Counts a finished flow.</summary>
    public void Count(ushort index, FlowRecord record, in Flow flow, FlowDetail? detail) =>
        _points[index].Count(record, flow, detail);

    /// <summary>An independent copy.</summary>
    public PointTable Copy()
    {
        var copy = new PointTable { Merged = Merged };
        foreach (var (name, index) in _indexByName)
            copy._indexByName.Add(name, index);
        copy._points.AddRange(_points.Select(point => point.Copy()));
        return copy;
    }

    /// <summary>Summaries of the points, by name (ordinal).</summary>
    public ImmutableArray<PointSummary> Summarise() =>
        [.. _points.OrderBy(point => point.Name, StringComparer.Ordinal).Select(point => point.Summarise())];

    private sealed class Point(string name)
    {
        private long _packets;
        private long _bytes;
        private long _cutPackets;
        private long _dropped;
        private long _headersCut;
        private long _duplicates;
        private long _flows;
        private long _flowBytes;
        private long _encryptedFlows;
        private long _encryptedBytes;
        private long _holesClosedEarly;
        private StreamCounters _streams;
        private CaptureTimes _times;

        public string Name { get; } = name;

        public SortedSet<string> Filters { get; private set; } = new(StringComparer.Ordinal);

        public Point Copy()
        {
            var copy = (Point)MemberwiseClone();
            copy.Filters = new SortedSet<string>(Filters, StringComparer.Ordinal);
            return copy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Count(in CapturedPacket packet)
        {
            _packets++;
            _times.Note(packet.TimestampNs);
            _bytes += packet.OriginalLength;
            if (packet.Bytes.Length < packet.OriginalLength)
                _cutPackets++;
        }

        public void CountHeadersCut() => _headersCut++;

        public void AddDropped(long packets) => _dropped = InterfaceStatistics.AddSaturated(_dropped, packets);

        public void Count(FlowRecord record, in Flow flow, FlowDetail? detail)
        {
            // A tunnelled frame belongs to several flows but is one duplicate.
            _duplicates += record.ParentId == 0 ? record.Duplicates : 0;
            var bytes = flow.Low.Bytes + flow.High.Bytes;
            _flows++;
            _flowBytes += record.ParentId == 0 ? bytes : 0;
            if (MayBeEncrypted(flow) && IsEncrypted(record) && detail is not { IsUnsealed: true })
            {
                _encryptedFlows++;
                _encryptedBytes += bytes;
            }

            if (record.Streams is { } streams)
                CountStreams(streams);
            _holesClosedEarly += detail?.Ledger?.HolesClosedEarly ?? 0;
        }

        public PointSummary Summarise() =>
            new(Name, _packets, _bytes, _cutPackets, _packets > 0 ? _times.FirstNs : null,
                _packets > 0 ? _times.LastNs : null, [.. Filters])
            {
                Dropped = _dropped,
                HeadersCut = _headersCut,
                Duplicates = _duplicates,
                Flows = _flows,
                FlowBytes = _flowBytes,
                EncryptedFlows = _encryptedFlows,
                EncryptedBytes = _encryptedBytes,
                Clock = _times.Clock,
                Streams = _streams,
                HolesClosedEarly = _holesClosedEarly,
            };

        /// <summary>True when the content is proved to be encrypted: payload identified an encrypting protocol
        /// (<see cref="ProtocolRow.HidesContent"/>), or the IP header names ESP. A port proves nothing. Encryption
        /// inside a readable protocol (STARTTLS, SMB 3) does not count, nor does TLS that ends before its
        /// connection.</summary>
        private static bool IsEncrypted(FlowRecord record) => record.Transport == IpProtocol.Esp
            || (record.ProtocolBasis >= IdentificationBasis.Handshake
                && ProtocolRegistry.Find(record.Protocol!) is { HidesContent: true });

        /// <summary>False for most flows: payload identified a protocol that hides nothing, so its name need not be
        /// looked up.</summary>
        private static bool MayBeEncrypted(in Flow flow) =>
            flow.ProtocolRow == 0 || ProtocolRegistry.Rows[flow.ProtocolRow - 1].HidesContent;

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void CountStreams(StreamPair streams) => _streams += streams.Out + streams.In;
    }
}

/// <summary>Counters of one capture point.</summary>
/// <param name="Name">Name of the point; empty when the site defines none.</param>
/// <param name="Packets">Frames.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
/// <param name="CutPackets">Frames captured incompletely.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="Filters">Capture filters recorded in the files, distinct, in ordinal order.</param>
public sealed record PointSummary(
    string Name, long Packets, long Bytes, long CutPackets, long? FirstNs, long? LastNs, ImmutableArray<string> Filters)
{
    /// <summary>Packets lost before they reached the captures, as reported by them
    /// (<see cref="CaptureAnnotations.Dropped"/>). Reports are added: parts of one recording that each repeat its count
    /// make the sum too high, never too low.</summary>
    public long Dropped { get; init; }

    /// <summary>Frames among <see cref="CutPackets"/> cut before addresses and ports were complete; in no
    /// flow.</summary>
    public long HeadersCut { get; init; }

    /// <summary>Frames recorded twice (<see cref="FlowRecord.Duplicates"/>); included in
    /// <see cref="Packets"/>.</summary>
    public long Duplicates { get; init; }

    /// <summary>Flows, including those inside tunnels.</summary>
    public long Flows { get; init; }

    /// <summary>Frame bytes of flows. A tunnel and the flow inside it share frames; only the outer one
    /// counts.</summary>
    public long FlowBytes { get; init; }

    /// <summary>Flows of which a log counted a sample of the packets.</summary>
    public long SampledFlows { get; init; }

    /// <summary>Flows with encrypted content: an encrypting protocol proved by payload, or ESP.</summary>
    public long EncryptedFlows { get; init; }

    /// <summary>Their frame bytes: a part of <see cref="FlowBytes"/>.</summary>
    public long EncryptedBytes { get; init; }

    /// <summary>Regularity of timestamps, over all captures of the point as one stream.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>Loss, reordering and retransmission in its TCP streams, both directions together.</summary>
    public StreamCounters Streams { get; init; }

    /// <summary>TCP stream gaps abandoned because a connection had too many at once: later acknowledgments are not
    /// counted as gaps.</summary>
    public long HolesClosedEarly { get; init; }

    /// <summary>This summary, following an earlier one of the same point.</summary>
    internal static PointSummary Follow(PointSummary earlier, PointSummary later)
    {
        var sum = SumOf([earlier, later]) with { Name = earlier.Name };
        return earlier.LastNs is { } last && later.FirstNs is { } first
            ? sum with { Clock = sum.Clock.Step(last, first) }
            : sum;
    }

    /// <summary>The sum of several points, without a name.</summary>
    internal static PointSummary SumOf(ImmutableArray<PointSummary> points) => new(
        "",
        points.Sum(point => point.Packets),
        points.Sum(point => point.Bytes),
        points.Sum(point => point.CutPackets),
        points.Min(point => point.FirstNs),
        points.Max(point => point.LastNs),
        [.. points.SelectMany(point => point.Filters).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
    {
        Dropped = points.Aggregate(0L, (sum, point) => InterfaceStatistics.AddSaturated(sum, point.Dropped)),
        HeadersCut = points.Sum(point => point.HeadersCut),
        Duplicates = points.Sum(point => point.Duplicates),
        Flows = points.Sum(point => point.Flows),
        FlowBytes = points.Sum(point => point.FlowBytes),
        SampledFlows = points.Sum(point => point.SampledFlows),
        EncryptedFlows = points.Sum(point => point.EncryptedFlows),
        EncryptedBytes = points.Sum(point => point.EncryptedBytes),
        Clock = points.Aggregate(default(CaptureClock), (clock, point) => clock.Join(point.Clock)),
        Streams = points.Aggregate(default(StreamCounters), (sum, point) => sum + point.Streams),
        HolesClosedEarly = points.Sum(point => point.HolesClosedEarly),
    };
}
