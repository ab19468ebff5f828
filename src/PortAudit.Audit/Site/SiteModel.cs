using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>An address prefix (RFC 4632).</summary>
/// <param name="Address">First address of the prefix.</param>
/// <param name="Length">Prefix length in bits of the address's own family: 0 to 32, or 0 to 128.</param>
public readonly record struct Prefix(IpAddress Address, int Length)
{
    /// <summary>The prefix of one address alone.</summary>
    public static Prefix Of(IpAddress address) => new(address, address.IsIpv4 ? 32 : 128);

    /// <summary>Reads <c>ADDRESS/LENGTH</c>; null for anything else.</summary>
    public static Prefix? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AddressText.PrefixOf(text);
    }

    /// <summary>True when <paramref name="address"/> lies in the prefix; families never mix.</summary>
    public bool Contains(IpAddress address)
    {
        if (address.IsIpv4 != Address.IsIpv4)
            return false;
        var bits = Address.IsIpv4 ? Length + 96 : Length;
        return bits <= 64
            ? ((Address.High ^ address.High) & Mask(bits)) == 0
            : Address.High == address.High && ((Address.Low ^ address.Low) & Mask(bits - 64)) == 0;
    }

    private static ulong Mask(int bits) => bits == 0 ? 0 : ulong.MaxValue << (64 - bits);

    /// <summary>Address, slash, length.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Address}/{Length}");
}

/// <summary>A named part of the network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prefixes">Its prefixes; empty when it stands for every address that no other segment holds
/// (<c>[any]</c>).</param>
public sealed record Segment(string Name, ImmutableArray<Prefix> Prefixes);

/// <summary>A host of the site.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Addresses">Its addresses; no other host has them.</param>
/// <param name="Roles">Roles it plays, at least one, the first is shown where one has to stand for all.</param>
public sealed record SiteHost(string Name, ImmutableArray<IpAddress> Addresses, ImmutableArray<string> Roles);

/// <summary>A network whose addresses play roles without being named one by one.</summary>
/// <param name="Prefix">The network.</param>
/// <param name="Roles">Roles its addresses play; the longest prefix that holds an address counts.</param>
public sealed record SiteNetwork(Prefix Prefix, ImmutableArray<string> Roles);

/// <summary>A capture point.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Interface">Capture interface that belongs to it; null when files do.</param>
/// <param name="Files">Patterns over names of files that belong to it: <c>*</c> stands for any characters, <c>?</c> for
/// one.</param>
/// <param name="Sees">Segments whose traffic among each other passes here; empty when the site does not say.</param>
public sealed record CapturePoint(string Name, string? Interface, ImmutableArray<string> Files,
    ImmutableArray<string> Sees)
{
    /// <summary>Paths of files that belong to it, as the command line names them; they stand above all patterns.
    /// </summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Points with the captures that a command line names for them: those of a name that is known belong to
    /// it, others are points of their own behind them.</summary>
    /// <param name="known">The site's points.</param>
    /// <param name="named">Points that have nothing but paths.</param>
    public static ImmutableArray<CapturePoint> Join(ImmutableArray<CapturePoint> known,
        ImmutableArray<CapturePoint> named) =>
        [
            .. known.Select(point => named.FirstOrDefault(other => other.Name == point.Name) is { } other
                ? point with { Paths = other.Paths }
                : point),
            .. named.Where(other => known.All(point => point.Name != other.Name)),
        ];
}

/// <summary>A dated, owned exception.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="From">Role, built-in role, host, segment, or network by its prefix.</param>
/// <param name="To">The same.</param>
/// <param name="Transports">Transports.</param>
/// <param name="Ports">Responder ports; empty for all.</param>
/// <param name="Reason">Why it is tolerated.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Expires">Last day on which it holds (UTC).</param>
public sealed record SiteException(
    string Id, string From, string To, ImmutableArray<IpProtocol> Transports, ImmutableArray<PortRange> Ports,
    string Reason, string Owner, DateOnly Expires);

/// <summary>The user's site file: hosts, networks and choices, bound to the catalogs it names.</summary>
public sealed record SiteFile
{
    /// <summary>Name of the site.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Identifiers of the catalogs.</summary>
    public required ImmutableArray<string> Catalogs { get; init; }

    /// <summary>Switches that the site sets itself.</summary>
    public required ImmutableDictionary<string, bool> Conditions { get; init; }

    /// <summary>Parameters that the site sets itself.</summary>
    public required ImmutableDictionary<string, ImmutableArray<PortRange>> Parameters { get; init; }

    /// <summary>Segments in the order of the file.</summary>
    public required ImmutableArray<Segment> Segments { get; init; }

    /// <summary>Hosts in the order of the file.</summary>
    public required ImmutableArray<SiteHost> Hosts { get; init; }

    /// <summary>Networks in the order of the file.</summary>
    public required ImmutableArray<SiteNetwork> Networks { get; init; }

    /// <summary>Capture points in the order of the file.</summary>
    public required ImmutableArray<CapturePoint> CapturePoints { get; init; }

    /// <summary>Exceptions in the order of the file.</summary>
    public required ImmutableArray<SiteException> Exceptions { get; init; }

    /// <summary>The site's own rules, of catalog <c>site</c>.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>Defaults between segments, in the order of the file.</summary>
    public ImmutableArray<Conduit> Conduits { get; init; } = [];

    /// <summary>Firewalls whose configuration is compared, in the order of the file.</summary>
    public ImmutableArray<SitePolicy> Policies { get; init; } = [];

    /// <summary>True when it was proposed from the captures that it is to judge.</summary>
    public bool IsProposed { get; init; }

    /// <summary>Where the site's own rules stand, by their identifiers.</summary>
    internal ImmutableDictionary<string, TextPosition> RulePositions { get; init; } =
        ImmutableDictionary<string, TextPosition>.Empty;
}
