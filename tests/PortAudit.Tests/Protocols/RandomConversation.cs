using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols;

/// <summary>
/// Conversations of nobody, such as unknown protocols have: noise, small numbers, text, heads that stay the same from
/// packet to packet, counters, lengths that are right. On ports that nobody registered, in both directions, over
/// several packets. The same seed gives the same conversations.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="snapLength">Bytes of each frame that are captured at most.</param>
internal sealed class RandomConversation(int seed, int snapLength = int.MaxValue)
{
    /// <summary>Packets with payload of one conversation at most: as many as identification looks at over
    /// UDP.</summary>
    public const int MaximumPackets = 8;

    private const int MaximumLength = 300;
    private const int FirstPort = 49152;
    private const string Server = "198.51.100.1";

    /// <summary>Words as text protocols have them, none of which is a command on its own.</summary>
    private static readonly string[] Words = ["hello", "OK", "200", "value", "=", ":", "name", "{", "}", "\"id\"",
        "<a>", "</a>", "user", "\r\n", "\r\n", ";", "/", "READY", "1.0", "x-y"];

    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>The kinds of payload.</summary>
    private enum Kind
    {
        Noise,
        SmallNumbers,
        Text,
        SteadyHead,
        Counter,
        Length,
    }

    /// <summary>Payloads made so far.</summary>
    public long Payloads { get; private set; }

    /// <summary>Shows the next conversation to an observer.</summary>
    public void Show(ObservedTraffic traffic)
    {
        var client = $"10.{(_made >> 16) & 0xFF}.{(_made >> 8) & 0xFF}.{_made & 0xFF}";
        _made++;
        var ports =
            ((ushort)_random.Next(FirstPort, ushort.MaxValue), (ushort)_random.Next(FirstPort, ushort.MaxValue));
        var kind = (Kind)_random.Next((int)Kind.Length + 1);
        var heads = new[] { Noise(_random.Next(1, 16)), Noise(_random.Next(1, 16)) };
        var isTcp = _random.Next(2) == 0;
        var sequences = new uint[] { 1000, 5000 };
        var packets = _random.Next(1, MaximumPackets + 1);
        for (var i = 0; i < packets; i++)
        {
            var isReply = i > 0 && _random.Next(2) == 0;
            var side = isReply ? 1 : 0;
            var payload = Payload(kind, heads[side], i);
            Payloads++;
            var frame =
                isTcp ? Segment(client, ports, isReply, sequences, payload) : Datagram(client, ports, isReply, payload);
            traffic.At(i * 0.01, frame[..Math.Min(frame.Length, snapLength)], originalLength: frame.Length);
            sequences[side] += (uint)payload.Length;
        }
    }

    /// <summary>Shows the next echoes: requests of one end, sometimes of both, and replies to most of them, which
    /// return what they were sent as they must.</summary>
    public void ShowEchoes(ObservedTraffic traffic)
    {
        var client = $"10.{(_made >> 16) & 0xFF}.{(_made >> 8) & 0xFF}.{_made & 0xFF}";
        _made++;
        var kind = (Kind)_random.Next((int)Kind.Length + 1);
        var head = Noise(_random.Next(1, 16));
        var isMutual = _random.Next(8) == 0;
        for (ushort i = 0; i < MaximumPackets / 2; i++)
        {
            var (from, to) = isMutual && i % 2 == 1 ? (Server, client) : (client, Server);
            var data = Payload(kind, head, i);
            Payloads++;
            traffic.At(i, FrameBuilder.Echo(from, to, isReply: false, i, data));
            if (_random.Next(4) > 0)
                traffic.At(i + 0.01, FrameBuilder.Echo(to, from, isReply: true, i, data));
        }
    }

    private static byte[] Datagram(string client, (ushort Client, ushort Server) ports, bool isReply,
        byte[] payload) => isReply
        ? FrameBuilder.Udp(Server, ports.Server, client, ports.Client, payload)
        : FrameBuilder.Udp(client, ports.Client, Server, ports.Server, payload);

    private static byte[] Segment(string client, (ushort Client, ushort Server) ports, bool isReply, uint[] sequences,
        byte[] payload) => isReply
        ? FrameBuilder.Tcp(Server, ports.Server, client, ports.Client, TcpFlags.Ack, sequences[1], sequences[0],
            payload)
        : FrameBuilder.Tcp(client, ports.Client, Server, ports.Server, TcpFlags.Ack, sequences[0], sequences[1],
            payload);

    private byte[] Payload(Kind kind, byte[] head, int number)
    {
        var length = _random.Next(1, _random.Next(2) == 0 ? 40 : MaximumLength);
        return kind switch
        {
            Kind.SmallNumbers => [.. Noise(length).Select(SmallNumber)],
            Kind.Text => Text(length),
            Kind.SteadyHead => [.. head, .. Noise(length)],
            Kind.Counter => [.. head[..Math.Min(head.Length, 2)], (byte)(number >> 8), (byte)number, .. Noise(length)],
            Kind.Length => [(byte)(length >> 8), (byte)length, .. Noise(length)],
            _ => Noise(length),
        };
    }

    private byte SmallNumber(byte value) => _random.Next(20) switch
    {
        < 12 => 0,
        < 17 => (byte)_random.Next(1, 17),
        _ => value,
    };

    private byte[] Text(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(Words[_random.Next(Words.Length)]).Append(_random.Next(3) == 0 ? "" : " ");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
