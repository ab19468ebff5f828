using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PortAudit.Tests.Live;

/// <summary>
/// Two namespaces with links between them: datagrams go from one to the other and nothing else, as neighbours are
/// known, IPv6 is off, and somebody listens. The ends where capture looks are <c>in0</c>, <c>in1</c> …
/// </summary>
internal sealed class VethPair : IDisposable
{
    public const int Port = 9_999;

    private readonly NetworkNamespace _far;
    private readonly Dictionary<int, Socket> _listeners = [];

    public VethPair(int links = 1)
    {
        _far = new NetworkNamespace();
        Near = new NetworkNamespace();
        for (var link = 0; link < links; link++)
            Connect(link);
    }

    /// <summary>The namespace that receives, and in which capture looks.</summary>
    public NetworkNamespace Near { get; }

    public static string Interface(int link = 0) => string.Create(CultureInfo.InvariantCulture, $"in{link}");

    /// <summary>Sends datagrams; what each carries is for its number to say. Every few a pause lets the receiver come
    /// along.</summary>
    public void Send(int count, Func<int, byte[]> payload, Func<int, int>? link = null, int port = Port,
        int pauseEvery = 50) => _far.In(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (var number = 0; number < count; number++)
        {
            socket.SendTo(payload(number), new IPEndPoint(Address(link?.Invoke(number) ?? 0, 1), port));
            if (number % pauseEvery == pauseEvery - 1)
                Thread.Sleep(1);
        }
    });

    /// <summary>Sends the packets of a capture as fast as they go, with tcpreplay, and returns their number.</summary>
    public long Replay(string capture)
    {
        string[] arguments = ["netns", "exec", _far.Name, "tcpreplay", "-q", "-t", "-i", "out0", capture];
        using var process = Process.Start(new ProcessStartInfo("ip",
            arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var told = output.Split('\n')
            .FirstOrDefault(line => line.Contains("Successful packets:", StringComparison.Ordinal));
        return told is not null
            ? long.Parse(told.Split(':')[1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"tcpreplay: {output}{errors.Result}");
    }

    /// <summary>Sends a datagram the other way.</summary>
    public void Answer() => Near.In(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SendTo("answer"u8.ToArray(), new IPEndPoint(Address(0, 2), Port));
    });

    /// <summary>Records a number of packets of the first link with tcpdump, which then ends by itself. Comes back when
    /// it listens.</summary>
    public Process StartTcpdump(string path, int packets)
    {
        string[] arguments =
        [
            "netns", "exec", Near.Name, "tcpdump", "-i", Interface(), "-w", path, "-s", "0", "-B", "16384", "-Z",
            "root", "--time-stamp-precision=nano", "-c",
            packets.ToString(CultureInfo.InvariantCulture),
        ];
        var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains("listening on", StringComparison.Ordinal))
                return process;
        }

        throw new InvalidOperationException("tcpdump does not listen");
    }

    public void Dispose()
    {
        foreach (var listener in _listeners.Values)
            listener.Dispose();
        Near.Dispose();
        _far.Dispose();
    }

    /// <summary>Removes a link, both of its ends.</summary>
    public void Remove(int link)
    {
        NetworkNamespace.Ip("-n", Near.Name, "link", "del", Interface(link));
        _listeners[link].Dispose();
    }

    /// <summary>Makes a link, also one that was removed.</summary>
    public void Connect(int link)
    {
        var (near, far) = (Interface(link), string.Create(CultureInfo.InvariantCulture, $"out{link}"));
        NetworkNamespace.Ip("-n", Near.Name, "link", "add", near, "type", "veth", "peer", "name", far, "netns",
            _far.Name);
        foreach (var (name, place, own, other) in new[] { (near, Near, 1, 2), (far, _far, 2, 1) })
        {
            NetworkNamespace.Ip("-n", place.Name, "addr", "add", $"{Address(link, own)}/24", "dev", name);
            NetworkNamespace.Ip("-n", place.Name, "link", "set", name, "address", HardwareAddress(link, own), "up");
            NetworkNamespace.Ip("-n", place.Name, "neigh", "replace", Address(link, other).ToString(), "lladdr",
                HardwareAddress(link, other), "dev", name, "nud", "permanent");
        }

        Near.In(() =>
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            listener.Bind(new IPEndPoint(Address(link, 1), Port));
            _listeners[link] = listener;
        });
    }

    private static IPAddress Address(int link, int host) => new([10, 99, (byte)link, (byte)host]);

    private static string HardwareAddress(int link, int host) =>
        string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:{link:x2}:{host:x2}");
}
