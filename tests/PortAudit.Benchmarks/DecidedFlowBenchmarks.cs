using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;

namespace PortAudit.Benchmarks;

/// <summary>
/// What identification costs once a flow is decided: segments with payload of flows that a recogniser has named, against segments of the same
/// frame length without payload, which are only counted.
/// </summary>
[MemoryDiagnoser]
public class DecidedFlowBenchmarks
{
    private const int Flows = 1000;
    private const int SegmentsPerFlow = 200;
    private const int PayloadLength = 400;
    private const int LinkHeaderLength = 14;
    private const int IpAndTcpLength = 40;
    private const int HeadersLength = LinkHeaderLength + IpAndTcpLength;
    private readonly byte[] _frame = new byte[HeadersLength + PayloadLength];
    private TrafficObserver _observer = null!;

    /// <summary>Segments that one operation walks.</summary>
    public const int Segments = Flows * SegmentsPerFlow;

    /// <summary>An Ethernet frame with IPv4 and TCP, and flows that begin with the banner of SSH.</summary>
    [IterationSetup]
    public void Begin()
    {
        _observer = new TrafficObserver(new ObserverOptions(), _ => { });
        _frame[12] = 0x08;
        _frame[14] = 0x45;
        _frame[22] = 64;
        _frame[23] = 6;
        _frame[46] = 5 << 4;
        _frame[47] = 0x10;
        "SSH-2.0-OpenSSH_9.2\r\n"u8.CopyTo(_frame.AsSpan(HeadersLength));
        for (var flow = 0; flow < Flows; flow++)
            Observe(flow, 0, PayloadLength);
    }

    /// <summary>Payload of decided flows.</summary>
    [Benchmark(OperationsPerInvoke = Segments)]
    public void DecidedFlows() => Walk(PayloadLength);

    /// <summary>Nothing to identify: the bytes behind the headers are padding of the link.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Segments)]
    public void PlainCounting() => Walk(0);

    private void Walk(int payloadLength)
    {
        for (var segment = 1; segment <= SegmentsPerFlow; segment++)
        {
            for (var flow = 0; flow < Flows; flow++)
                Observe(flow, segment, payloadLength);
        }
    }

    private void Observe(int flow, int segment, int payloadLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(16), (ushort)(IpAndTcpLength + payloadLength));
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(18), (ushort)segment);
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(26), 0x0A00_0000u + (uint)(flow >> 8));
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(30), 0x0A80_0001u);
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(34), (ushort)(40_000 + (flow & 0xFF)));
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(36), 9999);
        BinaryPrimitives.WriteUInt32BigEndian(_frame.AsSpan(38), (uint)(segment * PayloadLength));
        var number = segment * Flows + flow + 1;
        _observer.Observe(new CapturedPacket(number, number * 1000L, 0, LinkType.Ethernet, _frame.Length, _frame), 0, _observer.Points.IndexOf(""), 6);
    }
}
