using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>The protocol of a flow whose log names none.</summary>
internal static class LogProtocol
{
    /// <summary>By the transport, which proves it, else by the responder's port, which does not.</summary>
    public static (string? Name, IdentificationBasis Basis) Of(IpProtocol transport, ushort port)
    {
        if (ProtocolRegistry.ByTransport(transport) is { } carried)
            return (carried.Name, IdentificationBasis.Payload);
        return transport.HasPorts && ProtocolRegistry.ByPort(transport, port) is { } registered
            ? (registered.Name, IdentificationBasis.Port)
            : (null, IdentificationBasis.None);
    }
}
