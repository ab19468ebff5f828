using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>An end that was announced, or may have been.</summary>
/// <param name="Server">Its address and port.</param>
/// <param name="Transport">The transport protocol on which it is reached.</param>
internal readonly record struct AnnouncedEnd(Endpoint Server, IpProtocol Transport)
{
    /// <inheritdoc />
    public bool Equals(AnnouncedEnd other) =>
        Server.Address == other.Server.Address && Server.Port == other.Server.Port && Transport == other.Transport;

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Server.Address.High, Server.Address.Low, Server.Port, Transport.Value);
}
