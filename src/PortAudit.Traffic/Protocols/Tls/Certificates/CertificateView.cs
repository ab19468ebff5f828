using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>The relevant fields of an X.509 certificate (RFC 5280 §4.1), viewed in place, unverified.</summary>
internal readonly ref struct CertificateView
{
    private const byte VersionTag = 0xA0;
    private const byte ExtensionsTag = 0xA3;

    private CertificateView(DerElement serialNumber, DerElement issuer, DerElement validity, DerElement subject,
        CertificateExtensions extensions)
    {
        SerialNumber = serialNumber.Content;
        Issuer = issuer.Content;
        Subject = subject.Content;
        Extensions = extensions;
        (NotBefore, NotAfter) = TimesOf(validity.Content);
    }

    /// <summary>Serial number, big-endian with its sign; usually 16 to 20 bytes.</summary>
    public ReadOnlySpan<byte> SerialNumber { get; }

    /// <summary>Content of the issuer's <c>RDNSequence</c>.</summary>
    public ReadOnlySpan<byte> Issuer { get; }

    /// <summary>Start of validity, in seconds since the Unix epoch; null when malformed.</summary>
    public long? NotBefore { get; }

    /// <summary>End of validity, in seconds since the Unix epoch; null when malformed.</summary>
    public long? NotAfter { get; }

    /// <summary>Content of the subject's <c>RDNSequence</c>.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    public CertificateExtensions Extensions { get; }

    /// <summary>True when issuer and subject are equal and the key identifiers, if both present, agree (RFC 5280 §3.2,
    /// §4.2.1.1). The signature is not verified.</summary>
    public bool IsSelfSigned =>
        Subject.SequenceEqual(Issuer)
        && (Extensions.AuthorityKey.IsEmpty || Extensions.SubjectKey.IsEmpty
            || Extensions.AuthorityKey.SequenceEqual(Extensions.SubjectKey));

    /// <summary>True when <paramref name="bytes"/> hold a certificate with valid structure up to its subject.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CertificateView certificate, out ParseError error)
    {
        certificate = default;
        if (!DerElement.TryParse(bytes, out var outer, out error))
            return false;
        error = ParseError.BadValue;
        var content = outer.Content;
        if (outer.Tag != DerElement.Sequence || !DerElement.TryTake(ref content, DerElement.Sequence, out var body))
            return false;
        var fields = body.Content;
        DerElement.TryTake(ref fields, VersionTag, out _);
        var isSound = DerElement.TryTake(ref fields, out var serialNumber)
            & DerElement.TryTake(ref fields, out _) // signature algorithm
            & DerElement.TryTake(ref fields, out var issuer)
            & DerElement.TryTake(ref fields, out var validity)
            & DerElement.TryTake(ref fields, DerElement.Sequence, out var subject);
        if (!isSound)
            return false;
        certificate = new CertificateView(serialNumber, issuer, validity, subject, FindExtensions(fields));
        error = ParseError.None;
        return true;
    }

    private static (long? NotBefore, long? NotAfter) TimesOf(ReadOnlySpan<byte> validity)
    {
        if (!DerElement.TryTake(ref validity, out var notBefore) || !DerElement.TryTake(ref validity, out var notAfter))
            return default;
        return (DerTime.TryRead(notBefore, out var from) ? from : null,
            DerTime.TryRead(notAfter, out var until) ? until : null);
    }

    /// <summary>Skips public key and optional unique identifiers after the subject, to the extensions.</summary>
    private static CertificateExtensions FindExtensions(ReadOnlySpan<byte> fields)
    {
        // Up to three fields before the extensions, and the extensions.
        for (var i = 0; i < 4 && DerElement.TryTake(ref fields, out var field); i++)
        {
            if (field.Tag == ExtensionsTag && DerElement.TryParse(field.Content, out var extensions, out _))
                return CertificateExtensions.Read(extensions.Content);
        }

        return default;
    }
}
