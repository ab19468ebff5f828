using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>What the site says of an address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">Name of the host that has it; null when no host does.</param>
/// <param name="Roles">Roles it plays, at least one: the host's, else those of the longest network that holds it, else
/// one built-in role.</param>
/// <param name="Segment">Segment that holds it; null when none does.</param>
/// <param name="IsListed">True when a host or a network of the site gave the roles.</param>
public sealed record HostIdentity(IpAddress Address, string? Name, ImmutableArray<string> Roles, string? Segment,
    bool IsListed)
{
    /// <summary>The segment under which views of segments show it: that of the site. Where the site has no segments,
    /// networks of its hosts stand for them (/24, and /64 for IPv6).</summary>
    public string ShownSegment { get; init; } = Segment ?? NoSegment;

    /// <summary>Stands for addresses that no segment holds.</summary>
    public const string NoSegment = "(no segment)";

    /// <summary>Networks that hold it, as rules and exceptions of the site name them; empty where they name
    /// none.</summary>
    public ImmutableArray<string> Networks { get; init; } = [];

    /// <summary>The name as a reader is shown it; null where it says no more than the address
    /// (<see cref="AddressName"/>).</summary>
    public string? ShownName { get; } = Name is null || Name == AddressName.Of(Address) ? null : Name;

    /// <summary>The name that is shown, or the address where there is none.</summary>
    public string Text => ShownName ?? Address.ToString();

    /// <summary>The role that is shown where one has to stand for all.</summary>
    public string PrimaryRole => Roles[0];
}
