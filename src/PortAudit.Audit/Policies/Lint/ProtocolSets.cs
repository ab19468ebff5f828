using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>IP protocols by what their headers have.</summary>
internal static class ProtocolSets
{
    /// <summary>Those with ports.</summary>
    public static IntervalSet<byte> WithPorts { get; } = Where(protocol => protocol.HasPorts);

    /// <summary>ICMP of both families.</summary>
    public static IntervalSet<byte> Icmp { get; } = Where(protocol => protocol.IsIcmp);

    private static IntervalSet<byte> Where(Func<IpProtocol, bool> holds) => IntervalSet.Of(
        Enumerable.Range(0, byte.MaxValue + 1).Select(number => (byte)number)
            .Where(number => holds(new IpProtocol(number)))
            .Select(number => new Interval<byte>(number, number)));
}
