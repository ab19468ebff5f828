using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Tls;

/// <summary>What the handshakes of one TLS service showed. Text comes from the network and is escaped where it is
/// written; no certificate was verified.</summary>
/// <param name="Address">Address of the server.</param>
/// <param name="Host">Its name in the site; null when it has none.</param>
/// <param name="Role">Its role; empty when the site gives none.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="Flows">Flows whose handshake was seen.</param>
/// <param name="FirstSeenNs">Start of the first of them.</param>
/// <param name="LastSeenNs">End of the last of them.</param>
public sealed record TlsServiceRow(string Address, string? Host, string Role, ushort Port, long Flows, long FirstSeenNs,
    long LastSeenNs)
{
    /// <summary>Flows by negotiated version, the oldest first; those without an answer of the server are not among
    /// them.</summary>
    public required ImmutableArray<KeyValuePair<string, long>> Versions { get; init; }

    /// <summary>Names that clients called the server by, in ordinal order, at most 10.</summary>
    public required ImmutableArray<string> ServerNames { get; init; }

    /// <summary>The server's own certificates, by SHA-256, at most 8.</summary>
    public required ImmutableArray<SeenCertificate> ServerCertificates { get; init; }

    /// <summary>The clients' own certificates, by SHA-256, at most 20.</summary>
    public required ImmutableArray<SeenCertificate> ClientCertificates { get; init; }

    /// <summary>Flows by what is known of client authentication, only what occurred.</summary>
    public required ImmutableArray<KeyValuePair<ClientCertificate, long>> ClientAuthentication { get; init; }

    /// <summary>Flows that an alert of severity fatal ended, by sender and alert, in ordinal order, at most
    /// 10.</summary>
    public required ImmutableArray<string> Alerts { get; init; }

    /// <summary>True when there was more of something than is listed.</summary>
    public required bool IsShortened { get; init; }
}

/// <summary>A certificate and the flows that showed it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="OutsideValidity">Flows among them that began outside of its validity.</param>
public sealed record SeenCertificate(TlsCertificate Certificate, long Flows, long OutsideValidity);
