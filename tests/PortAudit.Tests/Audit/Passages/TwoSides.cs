using PortAudit.Audit.Passages;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Passages;

/// <summary>
/// A device between a client's and a server's side, with a capture point on each: packets are sent, and recorded by the
/// points as the device makes them. Its clocks, delay and losses are what a test says.
/// </summary>
internal sealed class TwoSides
{
    public const string Outside = "outside";
    public const string Inside = "inside";

    /// <summary>When all begins, in seconds.</summary>
    public const double Begin = 1000;

    private readonly ObservedTraffic _traffic = new(new ObserverOptions { TraceFlows = true });
    private readonly List<(double Seconds, string Point, byte[] Frame)> _frames = [];

    /// <summary>Seconds that the inner clock is ahead.</summary>
    public double ClockAhead { get; init; }

    /// <summary>Seconds by which the inner clock gains in a second.</summary>
    public double Drift { get; init; }

    /// <summary>Seconds that the device keeps a packet.</summary>
    public double Delay { get; init; } = 0.002;

    /// <summary>True where the inner point records what comes from the server only.</summary>
    public bool InsideIsOneWay { get; init; }

    /// <summary>A packet of the client: as it sends it, and as it leaves the device; null where it is not recorded
    /// there.</summary>
    public TwoSides FromClient(double seconds, byte[]? sent, byte[]? passed)
    {
        Record(seconds, Outside, sent);
        if (!InsideIsOneWay)
            Record(seconds + Delay, Inside, passed?.From(Less(passed)));
        return this;
    }

    /// <summary>A packet of the server.</summary>
    public TwoSides FromServer(double seconds, byte[]? sent, byte[]? passed)
    {
        Record(seconds, Inside, sent);
        Record(seconds + Delay, Outside, passed?.From(Less(passed)));
        return this;
    }

    /// <summary>A packet at one point, as it is.</summary>
    public TwoSides At(double seconds, string point, byte[] frame)
    {
        Record(seconds, point, frame);
        return this;
    }

    /// <summary>A connection of some packets, with an answer, from its handshake to its end.</summary>
    /// <param name="seconds">When its SYN is sent.</param>
    /// <param name="outer">Client and server as the client's side knows them.</param>
    /// <param name="inner">The same as the server's side knows them; null for the same.</param>
    /// <param name="shift">What the device adds to the server's sequence numbers on their way out.</param>
    /// <param name="text">What the client says.</param>
    public TwoSides Connection(double seconds, Ends outer, Ends? inner = null, uint shift = 0, string text = "hello")
    {
        var beyond = inner ?? outer;
        var (isn, answer) = (Number(outer, 1), Number(beyond, 2));
        var request = System.Text.Encoding.ASCII.GetBytes(text);
        FromClient(seconds, outer.There(TcpFlags.Syn, isn, 0), beyond.There(TcpFlags.Syn, isn, 0));
        FromServer(seconds + 0.01, beyond.Back(TcpFlags.Syn | TcpFlags.Ack, answer, isn + 1),
            outer.Back(TcpFlags.Syn | TcpFlags.Ack, answer + shift, isn + 1));
        FromClient(seconds + 0.02, outer.There(TcpFlags.Ack, isn + 1, answer + shift + 1),
            beyond.There(TcpFlags.Ack, isn + 1, answer + 1));
        FromClient(seconds + 0.03, outer.There(TcpFlags.Ack, isn + 1, answer + shift + 1, request),
            beyond.There(TcpFlags.Ack, isn + 1, answer + 1, request));
        var end = isn + 1 + (uint)request.Length;
        FromServer(seconds + 0.04, beyond.Back(TcpFlags.Ack, answer + 1, end, request),
            outer.Back(TcpFlags.Ack, answer + shift + 1, end, request));
        return this;
    }

    /// <summary>SYNs that come to the device, and do not come out.</summary>
    public TwoSides Attempts(double seconds, Ends ends, int count = 3)
    {
        for (var retry = 0; retry < count; retry++)
            FromClient(seconds + retry, ends.There(TcpFlags.Syn, 4711, 0), null);
        return this;
    }

    /// <summary>What both points tell.</summary>
    public PassageReport Compare()
    {
        foreach (var (seconds, point, frame) in _frames.OrderBy(frame => frame.Seconds))
            _traffic.At(seconds, frame, point);
        var flows = _traffic.Flows();
        PointSummary PointOf(string name) => _traffic.Points.SingleOrDefault(point => point.Name == name)
            ?? new PointSummary(name, 0, 0, 0, null, null, []);
        return PassageComparison.Of(PointOf(Outside), [.. flows.Where(flow => flow.CapturePoint == Outside)],
            PointOf(Inside), [.. flows.Where(flow => flow.CapturePoint == Inside)]);
    }

    private static uint Number(Ends ends, uint kind) => (uint)HashCode(ends.ToString()) * 2654435761u + kind;

    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => (hash * 31) + letter);

    private static byte Less(byte[] frame) => (byte)(frame[22] - 1);

    private void Record(double seconds, string point, byte[]? frame)
    {
        if (frame is not null)
            _frames.Add((point == Inside ? seconds + ClockAhead + (Drift * (seconds - Begin)) : seconds, point, frame));
    }
}

/// <summary>The two ends of a connection, as one side knows them.</summary>
internal sealed record Ends(string Client, ushort ClientPort, string Server, ushort ServerPort)
{
    /// <summary>A segment of the client.</summary>
    public byte[] There(TcpFlags flags, uint sequence, uint acknowledgment, byte[]? payload = null) =>
        FrameBuilder.Tcp(Client, ClientPort, Server, ServerPort, flags, sequence, acknowledgment, payload);

    /// <summary>A segment of the server.</summary>
    public byte[] Back(TcpFlags flags, uint sequence, uint acknowledgment, byte[]? payload = null) =>
        FrameBuilder.Tcp(Server, ServerPort, Client, ClientPort, flags, sequence, acknowledgment, payload);

    /// <summary>A datagram of the client.</summary>
    public byte[] Ask(byte[] payload) => FrameBuilder.Udp(Client, ClientPort, Server, ServerPort, payload);

    /// <summary>A datagram of the server.</summary>
    public byte[] Answer(byte[] payload) => FrameBuilder.Udp(Server, ServerPort, Client, ClientPort, payload);
}
