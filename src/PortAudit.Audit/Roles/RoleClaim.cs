using System.Collections.Immutable;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Roles;

/// <summary>How behaviour differs from a site file.</summary>
public enum RoleClaimKind
{
    /// <summary>A host behaves like a role that the site does not give it, and no role that it has explains
    /// that.</summary>
    RoleMismatch,

    /// <summary>An address that the site does not list behaves like a role.</summary>
    HostUnlisted,

    /// <summary>A host of the site serves what no role that it has serves.</summary>
    ServiceUnlisted,

    /// <summary>A host was active, and nothing that it did is a sign of a role that the site gives it. Silence proves
    /// nothing.</summary>
    RoleUnseen,
}

/// <summary>The names of <see cref="RoleClaimKind"/> in output.</summary>
public static class RoleClaimText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this RoleClaimKind kind) => kind switch
    {
        RoleClaimKind.RoleMismatch => "role-mismatch",
        RoleClaimKind.HostUnlisted => "host-unlisted",
        RoleClaimKind.ServiceUnlisted => "service-unlisted",
        RoleClaimKind.RoleUnseen => "role-unseen",
    };
}

/// <summary>One difference between a site's claims and what was seen.</summary>
/// <param name="Kind">Kind of difference.</param>
/// <param name="Host">Name of the host; null for an address of a network or of none.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Listed">Roles that the site gives it; empty when it does not list it.</param>
/// <param name="Claim">The difference, one sentence.</param>
/// <param name="Found">The role that behaviour suggests; null for other kinds.</param>
/// <param name="Thing">What it serves beyond its roles; null for other kinds.</param>
/// <param name="Missing">The role without a sign; null for other kinds.</param>
/// <param name="Names">Names of its addresses that were seen. They are text from the network.</param>
public sealed record RoleClaim(
    RoleClaimKind Kind,
    string? Host,
    ImmutableArray<string> Addresses,
    ImmutableArray<string> Listed,
    string Claim,
    RoleFound? Found,
    ObservedService? Thing,
    string? Missing,
    ImmutableArray<NameSighting> Names);

/// <summary>A site's claims against behaviour.</summary>
public sealed record RoleComparison
{
    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Path of the site file.</summary>
    public required string SiteFile { get; init; }

    /// <summary>Identifiers of the catalogs whose signs were compared with behaviour.</summary>
    public required ImmutableArray<string> Considered { get; init; }

    /// <summary>Differences by kind, then by host.</summary>
    public required ImmutableArray<RoleClaim> Claims { get; init; }

    /// <summary>Hosts of the site that showed a sign of each role that they have.</summary>
    public required ImmutableArray<string> Confirmed { get; init; }

    /// <summary>Hosts of the site that sent nothing: the captures say nothing of them.</summary>
    public required ImmutableArray<string> Silent { get; init; }

    /// <summary>Roles of hosts of the site without a sign, ascending.</summary>
    public required ImmutableArray<string> RolesWithoutSigns { get; init; }

    /// <summary>What was read.</summary>
    public required ObservationSummary Observation { get; init; }
}
