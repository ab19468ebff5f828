using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>
/// What is told of an X.509 certificate that crossed in clear (RFC 5280). Nothing in it was verified, and its text is
/// data from the network: it may hold any character and is escaped where it is written.
/// </summary>
public sealed record TlsCertificate
{
    /// <summary>Subject (RFC 4514 text), cut after 200 bytes.</summary>
    public required string Subject { get; init; }

    /// <summary>Issuer (RFC 4514 text), cut after 200 bytes.</summary>
    public required string Issuer { get; init; }

    /// <summary>Serial number in hexadecimal, lower case, without a leading byte 0.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>SHA-256 of the whole certificate in hexadecimal, lower case.</summary>
    public required string Sha256 { get; init; }

    /// <summary>First second of its validity since the Unix epoch; null when it is not written as it must be.</summary>
    public long? NotBeforeSeconds { get; init; }

    /// <summary>Last second of its validity since the Unix epoch; null when it is not written as it must be.</summary>
    public long? NotAfterSeconds { get; init; }

    /// <summary>DNS names among the subject's alternative names.</summary>
    public ImmutableArray<string> DnsNames { get; init; } = [];

    /// <summary>Addresses among the subject's alternative names.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>DNS names and addresses beyond what is kept.</summary>
    public int NamesNotKept { get; init; }

    /// <summary>Names of the key usages (RFC 5280 §4.2.1.3); empty when the certificate does not restrict
    /// them.</summary>
    public ImmutableArray<string> KeyUsages { get; init; } = [];

    /// <summary>Names of the extended key usages (RFC 5280 §4.2.1.12), or their numbers; empty when the certificate
    /// does not restrict them.</summary>
    public ImmutableArray<string> ExtendedKeyUsages { get; init; } = [];

    /// <summary>True when issuer and subject are the same and no key identifier says otherwise. The signature was not
    /// verified.</summary>
    public bool IsSelfSigned { get; init; }

    /// <summary>True when a time, in nanoseconds since the Unix epoch, lies outside the validity as far as that is
    /// known.</summary>
    public bool IsOutsideValidity(long timeNs)
    {
        var seconds = Math.DivRem(timeNs, 1_000_000_000L).Quotient;
        return seconds < NotBeforeSeconds || seconds > NotAfterSeconds;
    }
}
