using System.Globalization;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Labels;

/// <summary>Gives every port number another one, the same in a whole capture: high, random, and registered for nothing,
/// so that it hints at nothing.</summary>
internal sealed class PortMap
{
    private const int FirstHighPort = 10_000;

    private readonly Dictionary<ushort, ushort> _known = [];
    private readonly Queue<ushort> _free;

    /// <summary>Makes a map; the same seed and the same order of ports give the same one.</summary>
    public PortMap(int seed)
    {
        var ports = Enumerable.Range(FirstHighPort, ushort.MaxValue + 1 - FirstHighPort).Select(port => (ushort)port)
            .Where(port => !IsKnown(port)).ToArray();
        new Random(seed).Shuffle(ports);
        _free = new Queue<ushort>(ports);
    }

    /// <summary>The port that stands for <paramref name="port"/>.</summary>
    /// <exception cref="InvalidOperationException">The capture has more ports than there are high ones.</exception>
    public ushort Of(ushort port)
    {
        if (_known.TryGetValue(port, out var other))
            return other;
        if (!_free.TryDequeue(out other))
            throw new InvalidOperationException(
                $"the capture has more than {_known.Count} ports: too many to give each another one");
        return _known[port] = other;
    }

    /// <summary>Writes <c>old,new</c> lines.</summary>
    public void WriteTo(TextWriter table)
    {
        table.WriteLine("old,new");
        foreach (var (old, other) in _known.OrderBy(pair => pair.Key))
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{old},{other}"));
    }

    private static bool IsKnown(ushort port) =>
        ProtocolRegistry.IsRegistered(IpProtocol.Tcp, port) || ProtocolRegistry.IsRegistered(IpProtocol.Udp, port);
}
