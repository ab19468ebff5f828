using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>What an object or object group holds.</summary>
internal enum GroupKind
{
    /// <summary>Addresses.</summary>
    Network,

    /// <summary>Protocols with ports or ICMP messages, or ports alone.</summary>
    Service,

    /// <summary>Protocols.</summary>
    Protocol,

    /// <summary>Types of ICMP messages.</summary>
    IcmpType,

    /// <summary>Users, user groups or security groups.</summary>
    Identity,
}

/// <summary>An object or object group as its lines give it.</summary>
/// <param name="kind">What it holds.</param>
internal sealed class GroupDraft(GroupKind kind)
{
    /// <summary>What it holds.</summary>
    public GroupKind Kind => kind;

    /// <summary>Its own addresses.</summary>
    public List<Interval<UInt128>> Addresses { get; } = [];

    /// <summary>Its own services.</summary>
    public List<ServiceMatch> Services { get; } = [];

    /// <summary>Its own ports, of members without a protocol.</summary>
    public List<Interval<ushort>> Ports { get; } = [];

    /// <summary>Its own protocols, or ICMP types.</summary>
    public List<Interval<byte>> Numbers { get; } = [];

    /// <summary>Groups and objects that it names, with the lines that do.</summary>
    public List<(string Name, int Line)> Nested { get; } = [];

    /// <summary>True when a member could not be read.</summary>
    public bool IsOpen { get; set; }
}

/// <summary>The members of an object or object group, those of nested ones included.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Services">Its services.</param>
/// <param name="Ports">Its ports without a protocol.</param>
/// <param name="Numbers">Its protocols, or ICMP types.</param>
/// <param name="IsOpen">True when there may be others: a member could not be read or resolved.</param>
internal sealed record GroupContent(GroupKind Kind, AddressMatch Addresses, ImmutableArray<ServiceMatch> Services,
    IntervalSet<ushort> Ports, IntervalSet<byte> Numbers, bool IsOpen);
