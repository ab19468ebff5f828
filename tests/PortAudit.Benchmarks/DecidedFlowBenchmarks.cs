using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Benchmarks;

/// <summary>
/// What identification costs once a flow is decided: segments of flows that a recogniser has named, against the same
/// segments of flows that were given up, which are only counted.
/// </summary>
[MemoryDiagnoser]
public class DecidedFlowBenchmarks
{
    private const int Flows = 1000;
    private const int SegmentsPerFlow = 200;
    private const int PayloadLength = 400;

    /// <summary>More than identification looks at.</summary>
    private const int SegmentsBefore = 120;
    private const int LinkHeaderLength = 14;
    private const int IpAndTcpLength = 40;
    private const int HeadersLength = LinkHeaderLength + IpAndTcpLength;
    private readonly byte[] _frame = new byte[HeadersLength + PayloadLength];
    private TrafficObserver _observer = null!;

    /// <summary>Segments that one operation walks.</summary>
    public const int Segments = Flows * SegmentsPerFlow;

    /// <summary>Flows that begin with the banner of SSH.</summary>
    [IterationSetup(Target = nameof(DecidedFlows))]
    public void BeginDecided() => Begin("SSH-2.0-OpenSSH_9.2\r\n"u8);

    /// <summary>Flows that begin with what no protocol begins with.</summary>
    [IterationSetup(Target = nameof(PlainCounting))]
    public void BeginGivenUp() => Begin([0xFE, 0xFD, 0xFC, 0xFB, 0xFA, 0xF9, 0xF8, 0xF7]);

    /// <summary>Payload of decided flows.</summary>
    [Benchmark(OperationsPerInvoke = Segments)]
    public void DecidedFlows() => Walk();

    /// <summary>Payload of flows that nobody looks at.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Segments)]
    public void PlainCounting() => Walk();

    private void Begin(ReadOnlySpan<byte> payload)
    {
        _observer = new TrafficObserver(new ObserverOptions(), _ => { });
        _frame[12] = 0x08;
        _frame[14] = 0x45;
        _frame[22] = 64;
        _frame[23] = 6;
        _frame[46] = 5 << 4;
        for (var flow = 0; flow < Flows; flow++)
        {
            _frame[47] = 0x02;
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(16), IpAndTcpLength);
            Observe(flow, 0);
            _frame[47] = 0x10;
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(16), IpAndTcpLength + PayloadLength);
            payload.CopyTo(_frame.AsSpan(HeadersLength));
            for (var segment = 1; segment <= SegmentsBefore; segment++)
                Observe(flow, segment);
        }
    }

    private void Walk()
    {
        for (var segment = SegmentsBefore + 1; segment <= SegmentsBefore + SegmentsPerFlow; segment++)
        {
            for (var flow = 0; flow < Flows; flow++)
                Observe(flow, segment);
        }
    }

    private void Observe(int flow, int segment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(18), (ushort)segment);
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(26), 0x0A00_0000u + (uint)(flow >> 8));
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(30), 0x0A80_0001u);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(34), (ushort)(40_000 + (flow & 0xFF)));
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(36), 9999);
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(38),
            segment == 0 ? 0 : (uint)((segment - 1) * PayloadLength) + 1);
        var number = (segment * Flows) + flow + 1;
        _observer.Observe(new CapturedPacket(number, number * 1000L, 0, LinkType.Ethernet, _frame.Length, _frame), 0,
            _observer.Points.IndexOf(""), 6);
    }
}
