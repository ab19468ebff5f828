using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Benchmarks;

/// <summary>The packet path over a capture in memory: many flows of a few hundred packets each, met in turn, so that
/// the flow table misses the cache.</summary>
[MemoryDiagnoser]
public class ObserverBenchmarks
{
    private const int PacketsPerFlow = 100;
    private const int PayloadLength = 400;
    private const int HeadersLength = 54;
    private readonly byte[] _frame = new byte[HeadersLength + PayloadLength];
    private TrafficObserver _observer = null!;

    /// <summary>Flows that are open at one time.</summary>
    [Params(100, 100_000)]
    public int Flows { get; set; }

    /// <summary>Frames that one operation walks.</summary>
    public int Packets => Flows * PacketsPerFlow;

    /// <summary>An Ethernet frame with IPv4 and TCP whose addresses the benchmark varies.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _frame[12] = 0x08;
        _frame[14] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(16), (ushort)(_frame.Length - 14));
        _frame[22] = 64;
        _frame[23] = 6;
        _frame[46] = 5 << 4;
        _frame[47] = 0x10;
    }

    /// <summary>A fresh observer, so that its flows begin in every iteration.</summary>
    [IterationSetup]
    public void Begin() => _observer = new TrafficObserver(new ObserverOptions(), _ => { });

    /// <summary>Decodes, finds the flow, counts, and shows the first payloads to the recognisers.</summary>
    [Benchmark]
    public void Observe()
    {
        for (var packet = 0; packet < Packets; packet++)
        {
            var flow = packet % Flows;
            BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(26), 0x0A00_0000u + (uint)(flow >> 8));
            BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(30), 0x0A80_0001u);
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(34), (ushort)(40_000 + (flow & 0xFF)));
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(36), 9999);
            BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(38), (uint)(packet / Flows * PayloadLength));
            _observer.Observe(new CapturedPacket(packet + 1, packet * 1000L, 0, LinkType.Ethernet, _frame.Length,
                _frame), 0, _observer.Points.IndexOf(""), 6);
        }
    }
}
