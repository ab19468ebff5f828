using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>A host with a role.</summary>
/// <param name="Name">Name in the site; null for an address of a network.</param>
/// <param name="Addresses">Its addresses as text.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Flows">Flows in which it sent a packet.</param>
/// <param name="FirstSeenNs">Start of the first of them; null if none.</param>
/// <param name="LastSeenNs">End of the last of them; null if none.</param>
public sealed record HostRow(
    string? Name, ImmutableArray<string> Addresses, ImmutableArray<string> Roles, long Flows, long? FirstSeenNs,
    long? LastSeenNs)
{
    /// <summary>Names of its addresses that were seen on the way, by address, best basis first.</summary>
    public ImmutableArray<NameSighting> Names { get; init; } = [];
}
