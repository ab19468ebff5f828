using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Whether something applies: a part that cannot be evaluated leaves it open.</summary>
public enum Certainty
{
    /// <summary>It does not apply.</summary>
    No,

    /// <summary>It may apply: the configuration or the probe does not say enough.</summary>
    Maybe,

    /// <summary>It applies.</summary>
    Yes,
}

/// <summary>Addresses that a rule matches.</summary>
/// <param name="Set">Those known to match.</param>
/// <param name="IsOpen">True when others may match too: a name, or an object that could not be resolved.</param>
public readonly record struct AddressMatch(IntervalSet<UInt128> Set, bool IsOpen = false)
{
    /// <summary>Matches every address.</summary>
    public static AddressMatch Any => new(AddressSet.Any);

    /// <summary>What stands for the addresses that are not known, as the configuration says it, comma-separated and
    /// shortened; null when nothing does.</summary>
    public string? OpenNames { get; init; }

    /// <summary>Matches the addresses that this does not. Of an open one none is known: what it leaves out may be among
    /// those that could not be resolved.</summary>
    public AddressMatch Complement() =>
        IsOpen ? new(IntervalSet.Empty<UInt128>(), IsOpen: true) : new(Set.Complement());

    /// <summary>Whether an address matches.</summary>
    public Certainty Matches(UInt128 address) =>
        Set.Contains(address) ? Certainty.Yes : IsOpen ? Certainty.Maybe : Certainty.No;
}

/// <summary>Names of zones or interfaces that a rule matches.</summary>
/// <param name="Names">The names; none of them means any. One that ends in <c>*</c> stands for all that begin
/// so.</param>
/// <param name="IsNegated">True when it matches all names but these.</param>
public readonly record struct ZoneMatch(ImmutableArray<string> Names, bool IsNegated = false)
{
    /// <summary>Name of the loopback interface of Linux and the BSDs.</summary>
    public const string Loopback = "lo";

    /// <summary>Matches every zone.</summary>
    public static ZoneMatch Any => new([]);

    /// <summary>True when it matches every zone.</summary>
    public bool IsAny => Names.IsDefaultOrEmpty;

    /// <summary>Whether traffic of a zone matches. Traffic of a network whose zone is not known did not come by the
    /// loopback interface of a Unix host.</summary>
    /// <param name="zone">Name of the zone; null when it is not known.</param>
    public Certainty Matches(string? zone)
    {
        if (IsAny)
            return Certainty.Yes;
        if (zone is null)
            return !Names.All(name => name == Loopback) ? Certainty.Maybe : IsNegated ? Certainty.Yes : Certainty.No;
        return Names.Any(name => IsNamed(name, zone)) != IsNegated ? Certainty.Yes : Certainty.No;
    }

    private static bool IsNamed(string name, string zone) => name.EndsWith('*')
        ? zone.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, zone, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A service that a rule matches: protocols, and ports or an ICMP message where these have them.</summary>
/// <param name="Protocols">IP protocol numbers.</param>
/// <param name="SourcePorts">Ports of the packet's sender; all where the rule names none.</param>
/// <param name="DestinationPorts">Ports of the packet's receiver; all where the rule names none.</param>
/// <param name="IcmpTypes">ICMP types; all where the rule names none.</param>
/// <param name="IcmpCodes">ICMP codes; all where the rule names none.</param>
/// <param name="IsOpen">True when others may match too: an object that could not be resolved.</param>
public sealed record ServiceMatch(IntervalSet<byte> Protocols, IntervalSet<ushort> SourcePorts,
    IntervalSet<ushort> DestinationPorts, IntervalSet<byte> IcmpTypes, IntervalSet<byte> IcmpCodes, bool IsOpen = false)
{
    /// <summary>Matches everything.</summary>
    public static ServiceMatch Any { get; } = OfProtocols(IntervalSet.All<byte>());

    /// <summary>Matches nothing that is known: a service that could not be resolved.</summary>
    public static ServiceMatch Unknown { get; } = OfProtocols(IntervalSet.Empty<byte>()) with { IsOpen = true };

    /// <summary>True when it matches everything.</summary>
    public bool IsAny => Protocols.IsAll && SourcePorts.IsAll && DestinationPorts.IsAll && IcmpTypes.IsAll
        && IcmpCodes.IsAll;

    /// <summary>True when it restricts ports.</summary>
    public bool HasPorts => !SourcePorts.IsAll || !DestinationPorts.IsAll;

    /// <summary>All of these protocols.</summary>
    public static ServiceMatch OfProtocols(IntervalSet<byte> protocols) => new(protocols, IntervalSet.All<ushort>(),
        IntervalSet.All<ushort>(), IntervalSet.All<byte>(), IntervalSet.All<byte>());

    /// <summary>All of one protocol.</summary>
    public static ServiceMatch Of(IpProtocol protocol) => OfProtocols(IntervalSet.Of(protocol.Value));

    /// <summary>A protocol on destination ports.</summary>
    public static ServiceMatch Of(IpProtocol protocol, IntervalSet<ushort> destinationPorts) =>
        Of(protocol) with { DestinationPorts = destinationPorts };

    /// <summary>Whether a packet matches.</summary>
    public Certainty Matches(in PolicyProbe probe)
    {
        var match = Protocols.Contains(probe.Protocol.Value) ? MatchesDetails(probe) : Certainty.No;
        return match == Certainty.No && IsOpen ? Certainty.Maybe : match;
    }

    private Certainty MatchesDetails(in PolicyProbe probe)
    {
        if (probe.Protocol.HasPorts)
            return Least(MatchesNumber(SourcePorts, probe.SourcePort),
                MatchesNumber(DestinationPorts, probe.DestinationPort));
        if (HasPorts)
            return Certainty.No;
        return probe.Protocol.IsIcmp
            ? Least(MatchesNumber(IcmpTypes, probe.IcmpType), MatchesNumber(IcmpCodes, probe.IcmpCode))
            : Certainty.Yes;
    }

    private static Certainty MatchesNumber<T>(IntervalSet<T> set, T? value)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        if (set.IsAll)
            return Certainty.Yes;
        if (value is not { } known)
            return set.IsEmpty ? Certainty.No : Certainty.Maybe;
        return set.Contains(known) ? Certainty.Yes : Certainty.No;
    }

    private static Certainty Least(Certainty first, Certainty second) => first < second ? first : second;
}
