using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Converts an address that a host reports of itself to the one where others reach it. Behind address
/// translation a host reports its private address but is reached at the public one it sends from; the unspecified
/// address means the one it sends from.</summary>
internal static class ReportedAddress
{
    /// <summary>The endpoint as others reach it.</summary>
    /// <param name="reported">The reported address.</param>
    /// <param name="port">The reported port.</param>
    /// <param name="sender">The address from which it was reported.</param>
    public static Endpoint Reached(IpAddress reported, ushort port, IpAddress sender) =>
        new(reported.IsUnspecified || (reported.IsPrivate && !sender.IsPrivate) ? sender : reported, port);
}
