using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>An X.509 certificate sent in clear (RFC 5280). Unverified network data: its text may hold any character and
/// is escaped for output.</summary>
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

    /// <summary>Start of its validity, in seconds since the Unix epoch; null when malformed.</summary>
    public long? NotBeforeSeconds { get; init; }

    /// <summary>End of its validity, in seconds since the Unix epoch; null when malformed.</summary>
    public long? NotAfterSeconds { get; init; }

    /// <summary>DNS names among the subject's alternative names.</summary>
    public ImmutableArray<string> DnsNames { get; init; } = [];

    /// <summary>Addresses among the subject's alternative names.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>DNS names and addresses beyond the limit.</summary>
    public int NamesNotKept { get; init; }

    /// <summary>Key usages (RFC 5280 §4.2.1.3); empty when unrestricted.</summary>
    public ImmutableArray<string> KeyUsages { get; init; } = [];

    /// <summary>Names or OIDs of extended key usages (RFC 5280 §4.2.1.12); empty when unrestricted.</summary>
    public ImmutableArray<string> ExtendedKeyUsages { get; init; } = [];

    /// <summary>True when issuer and subject are equal and no key identifier contradicts. The signature is not
    /// verified.</summary>
    public bool IsSelfSigned { get; init; }

    /// <summary>True when a time, in nanoseconds since the Unix epoch, is outside the known validity.</summary>
    public bool IsOutsideValidity(long timeNs)
    {
        var seconds = Math.DivRem(timeNs, 1_000_000_000L).Quotient;
        return seconds < NotBeforeSeconds || seconds > NotAfterSeconds;
    }
}
