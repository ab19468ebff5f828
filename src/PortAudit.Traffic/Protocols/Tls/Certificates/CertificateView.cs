using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>The names in an X.509 certificate (RFC 5280 §4.1), viewed in place. Nothing is verified.</summary>
internal readonly ref struct CertificateView
{
    /// <summary>Extensions that are walked at most; a certificate has about ten.</summary>
    public const int MaximumExtensions = 64;

    private const byte VersionTag = 0xA0;
    private const byte ExtensionsTag = 0xA3;

    /// <summary>Serial number, signature algorithm, issuer and validity stand before the subject.</summary>
    private const int FieldsBeforeSubject = 4;

    private CertificateView(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> alternativeNames)
    {
        Subject = subject;
        AlternativeNames = alternativeNames;
    }

    /// <summary><c>id-ce-subjectAltName</c>, 2.5.29.17 (RFC 5280 §4.2.1.6).</summary>
    private static ReadOnlySpan<byte> SubjectAlternativeName => [0x55, 0x1D, 0x11];

    /// <summary>Content of the subject's <c>RDNSequence</c>.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>Content of the <c>GeneralNames</c> of the subject's alternative names, empty when there are none.</summary>
    public ReadOnlySpan<byte> AlternativeNames { get; }

    /// <summary>True when <paramref name="bytes"/> hold a certificate whose structure is sound down to its subject.</summary>
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
        for (var i = 0; i < FieldsBeforeSubject; i++)
        {
            if (!DerElement.TryTake(ref fields, out _))
                return false;
        }

        if (!DerElement.TryTake(ref fields, DerElement.Sequence, out var subject))
            return false;
        certificate = new CertificateView(subject.Content, FindAlternativeNames(fields));
        error = ParseError.None;
        return true;
    }

    /// <summary>Looks behind the subject: public key, perhaps two unique identifiers, extensions.</summary>
    private static ReadOnlySpan<byte> FindAlternativeNames(ReadOnlySpan<byte> fields)
    {
        // The three fields before the extensions, and the extensions themselves.
        for (var i = 0; i < 4 && DerElement.TryTake(ref fields, out var field); i++)
        {
            if (field.Tag == ExtensionsTag && DerElement.TryParse(field.Content, out var extensions, out _))
                return FindAlternativeNamesExtension(extensions.Content);
        }

        return default;
    }

    private static ReadOnlySpan<byte> FindAlternativeNamesExtension(ReadOnlySpan<byte> extensions)
    {
        for (var i = 0; i < MaximumExtensions && DerElement.TryTake(ref extensions, DerElement.Sequence, out var extension); i++)
        {
            var parts = extension.Content;
            if (!DerElement.TryTake(ref parts, DerElement.ObjectIdentifier, out var identifier) || !identifier.Content.SequenceEqual(SubjectAlternativeName))
                continue;
            DerElement.TryTake(ref parts, DerElement.Boolean, out _);
            var isSound = DerElement.TryTake(ref parts, DerElement.OctetString, out var value);
            return isSound && DerElement.TryParse(value.Content, out var names, out _) ? names.Content : default;
        }

        return default;
    }
}
