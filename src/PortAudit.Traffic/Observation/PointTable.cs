using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>The capture points of an observation and what each recorded.</summary>
internal sealed class PointTable
{
    /// <summary>Capture points kept apart: the point is two bytes of a flow's key.</summary>
    public const int MaximumPoints = ushort.MaxValue;

    private readonly Dictionary<string, ushort> _indexByName = new(StringComparer.Ordinal);
    private readonly List<Point> _points = [];

    /// <summary>Interfaces whose point was not told apart because there were too many.</summary>
    public long Merged { get; private set; }

    /// <summary>The index of a point, made at its first mention. Beyond <see cref="MaximumPoints"/> the last one takes
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

    /// <summary>The name of a point.</summary>
    public string NameOf(ushort index) => _points[index].Name;

    /// <summary>Notes that an interface with this capture filter belongs to a point.</summary>
    public void NoteFilter(ushort index, string? filter)
    {
        if (!string.IsNullOrEmpty(filter))
            _points[index].Filters.Add(filter);
    }

    /// <summary>Counts a frame of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(ushort index, in CapturedPacket packet) => _points[index].Count(packet);

    /// <summary>Counts a frame of a point that was cut before its addresses and ports were complete.</summary>
    public void CountHeadersCut(ushort index) => _points[index].CountHeadersCut();

    /// <summary>Adds packets that a point lost, as a capture reports them.</summary>
    public void AddDropped(ushort index, long packets) => _points[index].AddDropped(packets);

    /// <summary>Counts a flow of a point that has ended.</summary>
    public void Count(ushort index, FlowRecord record, in Flow flow, FlowDetail? detail) =>
        _points[index].Count(record, flow, detail);

    /// <summary>The table as it stands, to go on counting in apart.</summary>
    public PointTable Copy()
    {
        var copy = new PointTable { Merged = Merged };
        foreach (var (name, index) in _indexByName)
            copy._indexByName.Add(name, index);
        copy._points.AddRange(_points.Select(point => point.Copy()));
        return copy;
    }

    /// <summary>What the points recorded, in ordinal order of their names.</summary>
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
            // A frame in a tunnel is in several flows, but was recorded twice once.
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

        /// <summary>
        /// True when what it carries cannot be read, as far as bytes prove it: they named a protocol that encrypts
        /// (<see cref="ProtocolRow.HidesContent"/>), or the IP header names ESP. A port proves nothing here, and
        /// encryption inside a protocol that is readable (STARTTLS, SMB 3) does not count, nor does TLS that ends
        /// before its connection.
        /// </summary>
        private static bool IsEncrypted(FlowRecord record) => record.Transport == IpProtocol.Esp
            || (record.ProtocolBasis >= IdentificationBasis.Handshake
                && ProtocolRegistry.Find(record.Protocol!) is { HidesContent: true });

        /// <summary>False for most flows: bytes proved a protocol that hides nothing, and its name need not be looked
        /// up.</summary>
        private static bool MayBeEncrypted(in Flow flow) =>
            flow.ProtocolRow == 0 || ProtocolRegistry.Rows[flow.ProtocolRow - 1].HidesContent;

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void CountStreams(StreamPair streams) => _streams += streams.Out + streams.In;
    }
}

/// <summary>What one capture point recorded.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Packets">Frames.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
/// <param name="CutPackets">Frames of which the capture holds less than passed on the wire.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="Filters">Capture filters recorded in the files, distinct, in ordinal order.</param>
public sealed record PointSummary(
    string Name, long Packets, long Bytes, long CutPackets, long? FirstNs, long? LastNs, ImmutableArray<string> Filters)
{
    /// <summary>
    /// Packets that were lost before they reached the captures, as far as these say so;
    /// <see cref="CaptureAnnotations.Dropped"/> tells which of them say it. What several captures report is added:
    /// parts of one recording that each repeat its count make the sum too high, never too low.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>Frames among <see cref="CutPackets"/> that are cut before their addresses and ports were complete: no
    /// flow counts them.</summary>
    public long HeadersCut { get; init; }

    /// <summary>Frames that repeat another record of themselves (<see cref="FlowRecord.Duplicates"/>); they are among
    /// <see cref="Packets"/>.</summary>
    public long Duplicates { get; init; }

    /// <summary>Flows, those inside tunnels among them.</summary>
    public long Flows { get; init; }

    /// <summary>Sum of the frame lengths that flows count, in bytes: of a tunnel's flow and the one inside the outer
    /// counts.</summary>
    public long FlowBytes { get; init; }

    /// <summary>Flows whose content is encrypted: bytes proved a protocol that encrypts, or it is ESP.</summary>
    public long EncryptedFlows { get; init; }

    /// <summary>Their frame lengths, in bytes: a part of <see cref="FlowBytes"/>.</summary>
    public long EncryptedBytes { get; init; }

    /// <summary>How steadily time runs from one frame to the next, all captures of the point in one stream.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>What of its TCP connections did not come once and in order, both directions together.</summary>
    public StreamCounters Streams { get; init; }

    /// <summary>Holes in TCP streams that were given up because a connection had too many at one time: acknowledgments
    /// that came later are not counted as gaps.</summary>
    public long HolesClosedEarly { get; init; }

    /// <summary>What one point recorded, and later: time ran on between them.</summary>
    internal static PointSummary Follow(PointSummary earlier, PointSummary later)
    {
        var sum = SumOf([earlier, later]) with { Name = earlier.Name };
        return earlier.LastNs is { } last && later.FirstNs is { } first
            ? sum with { Clock = sum.Clock.Step(last, first) }
            : sum;
    }

    /// <summary>Several points as one without a name.</summary>
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
        EncryptedFlows = points.Sum(point => point.EncryptedFlows),
        EncryptedBytes = points.Sum(point => point.EncryptedBytes),
        Clock = points.Aggregate(default(CaptureClock), (clock, point) => clock.Join(point.Clock)),
        Streams = points.Aggregate(default(StreamCounters), (sum, point) => sum + point.Streams),
        HolesClosedEarly = points.Sum(point => point.HolesClosedEarly),
    };
}
