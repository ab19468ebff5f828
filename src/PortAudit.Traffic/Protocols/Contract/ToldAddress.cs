using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Converts an address that a host reports of itself to the one where others reach it. Behind address
/// translation a host reports its private address but is reached at the public one it sends from; the unspecified
/// address means the one it sends from.</summary>
internal static class ToldAddress
{
    /// <summary>The endpoint as others reach it.</summary>
    /// <param name="told">The reported address.</param>
    /// <param name="port">The reported port.</param>
    /// <param name="sender">The address from which it was reported.</param>
    public static Endpoint Reached(IpAddress told, ushort port, IpAddress sender) =>
        new(told.IsUnspecified || (told.IsPrivate && !sender.IsPrivate) ? sender : told, port);
}
