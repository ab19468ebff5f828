using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Bacnet;

/// <summary>The application unit of a BACnet message (ASHRAE 135 clause 20.1), viewed in place.</summary>
internal readonly ref struct ApplicationUnit
{
    private const byte NetworkVersion = 1; // clause 6.2.1

    /// <summary>Bits of the network control (clause 6.2.2).</summary>
    private const byte IsNetworkMessage = 0x80;
    private const byte HasDestination = 0x20;
    private const byte HasSource = 0x08;

    private const byte IsSegmented = 0x08;

    private readonly ReadOnlySpan<byte> _bytes;

    private ApplicationUnit(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when a unit is present behind the network addresses (clause 6.2.2).</summary>
    /// <param name="network">The message from the network version on.</param>
    /// <param name="unit">The unit, at least one byte.</param>
    public static bool TryParse(ReadOnlySpan<byte> network, out ApplicationUnit unit)
    {
        unit = default;
        if (network.Length < 3 || network[0] != NetworkVersion || (network[1] & IsNetworkMessage) != 0)
            return false;
        var at = 2;
        if ((network[1] & HasDestination) != 0)
            at += at + 2 < network.Length ? 3 + network[at + 2] : network.Length;
        if ((network[1] & HasSource) != 0)
            at += at + 2 < network.Length ? 3 + network[at + 2] : network.Length;
        at += (network[1] & HasDestination) != 0 ? 1 : 0; // hop count
        if (at >= network.Length)
            return false;
        unit = new ApplicationUnit(network[at..]);
        return true;
    }

    /// <summary>Sender of such a unit.</summary>
    public SideMatch Side => (_bytes[0] >> 4) switch
    {
        0 => SideMatch.Request,
        2 or 3 or 5 or 6 => SideMatch.Reply,
        _ => SideMatch.EitherSide,
    };

    /// <summary>True when <paramref name="reply"/> answers this request: the same invocation and service, done, or
    /// refused with an error.</summary>
    public bool IsAnsweredBy(ApplicationUnit reply) =>
        Side == SideMatch.Request && reply.Side == SideMatch.Reply && Service >= 0 && Service == reply.Service
        && _bytes[2] == reply._bytes[1];

    /// <summary>Number of the service; negative when not present.</summary>
    private int Service
    {
        get
        {
            var at = (Side == SideMatch.Request ? 3 : 2) + ((_bytes[0] & IsSegmented) != 0 ? 2 : 0);
            return at < _bytes.Length ? _bytes[at] : -1;
        }
    }
}
