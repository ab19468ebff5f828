using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Where an end is reached that a host tells of itself. Behind address translation it tells the address that it has
/// itself: who is seen to speak from a public address is reached there, and not at a private one; who tells the
/// unspecified address means the one it speaks from.
/// </summary>
internal static class ToldAddress
{
    /// <summary>The end as others reach it.</summary>
    /// <param name="told">The address that was told.</param>
    /// <param name="port">The port that was told.</param>
    /// <param name="sender">The address from which it was told.</param>
    public static Endpoint Reached(IpAddress told, ushort port, IpAddress sender) =>
        new(told.IsUnspecified || (told.IsPrivate && !sender.IsPrivate) ? sender : told, port);
}
