using System.Collections.Immutable;
using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>A host that accepted connections and was not seen to say anything in them: that something listens there is
/// all that is known.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Ports">TCP ports, the lowest <see cref="MaximumPorts"/>.</param>
/// <param name="HasMorePorts">True when there were more than are listed.</param>
public sealed record AnsweringHost(IpAddress Address, ImmutableArray<ushort> Ports, bool HasMorePorts)
{
    /// <summary>Ports of a host kept at most.</summary>
    public const int MaximumPorts = 32;

    internal static AnsweringHost Of(IpAddress address, BottomKSet<ushort> ports) =>
        new(address, [.. ports.Kept], ports.IsOverflown);
}
