using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Counters of capture points, from flows alone.</summary>
internal sealed class LogPoints
{
    private readonly SortedDictionary<string, Point> _points = new(StringComparer.Ordinal);

    /// <summary>Adds a flow to its point.</summary>
    public void Add(FlowRecord flow)
    {
        if (!_points.TryGetValue(flow.CapturePoint, out var point))
            _points.Add(flow.CapturePoint, point = new Point());
        point.Add(flow);
    }

    /// <summary>Adds packets that were lost before they were counted to a point that has flows.</summary>
    public void AddDropped(string name, long packets)
    {
        if (_points.TryGetValue(name, out var point))
            point.AddDropped(packets);
    }

    /// <summary>The points, by name.</summary>
    public ImmutableArray<PointSummary> Summarise() => [.. _points.Select(entry => entry.Value.Summarise(entry.Key))];

    private sealed class Point
    {
        private long _packets;
        private long _dropped;
        private long _bytes;
        private long _flows;
        private long _sampledFlows;
        private long _encryptedFlows;
        private long _encryptedBytes;
        private long _firstNs = long.MaxValue;
        private long _lastNs = long.MinValue;
        private StreamCounters _streams;

        public void Add(FlowRecord flow)
        {
            var bytes = flow.Out.Bytes + flow.In.Bytes;
            _packets += flow.Out.Packets + flow.In.Packets;
            _bytes += bytes;
            _flows++;
            _sampledFlows += flow.Log is { IsSampled: true } ? 1 : 0;
            (_firstNs, _lastNs) = (Math.Min(_firstNs, flow.StartNs), Math.Max(_lastNs, flow.EndNs));
            if (flow.Transport == IpProtocol.Esp || (flow.ProtocolBasis >= IdentificationBasis.Handshake
                && ProtocolRegistry.Find(flow.Protocol) is { HidesContent: true }))
            {
                _encryptedFlows++;
                _encryptedBytes += bytes;
            }

            if (flow.Streams is { } streams)
                _streams += streams.Out + streams.In;
        }

        public void AddDropped(long packets) => _dropped = InterfaceStatistics.AddSaturated(_dropped, packets);

        public PointSummary Summarise(string name) =>
            new(name, _packets, _bytes, 0, _firstNs, _lastNs, [])
            {
                Dropped = _dropped,
                Flows = _flows,
                FlowBytes = _bytes,
                SampledFlows = _sampledFlows,
                EncryptedFlows = _encryptedFlows,
                EncryptedBytes = _encryptedBytes,
                Streams = _streams,
            };
    }
}
