using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>The relevant extensions of a certificate (RFC 5280 §4.2.1), viewed in place; empty when missing or
/// malformed.</summary>
internal readonly ref struct CertificateExtensions
{
    /// <summary>Extensions read at most; a certificate has about ten.</summary>
    public const int MaximumExtensions = 64;

    /// <summary><c>keyIdentifier</c>, number 0 of the authority's (RFC 5280 §4.2.1.1), implicitly tagged.</summary>
    private const byte KeyIdentifierTag = 0x80;
    private const byte BitString = 0x03;

    /// <summary>Numbers below <c>id-ce</c>, 2.5.29.</summary>
    private const byte SubjectKeyNumber = 14;
    private const byte KeyUsageNumber = 15;
    private const byte AlternativeNameNumber = 17;
    private const byte AuthorityKeyNumber = 35;
    private const byte ExtendedKeyUsageNumber = 37;

    private CertificateExtensions(ReadOnlySpan<byte> extensions)
    {
        for (var i = 0; i < MaximumExtensions
            && DerElement.TryTake(ref extensions, DerElement.Sequence, out var extension); i++)
        {
            var parts = extension.Content;
            if (!DerElement.TryTake(ref parts, DerElement.ObjectIdentifier, out var identifier)
                || identifier.Content is not [0x55, 0x1D, var number])
                continue;
            DerElement.TryTake(ref parts, DerElement.Boolean, out _);
            if (!DerElement.TryTake(ref parts, DerElement.OctetString, out var value)
                || !DerElement.TryParse(value.Content, out var element, out _))
                continue;
            switch (number)
            {
                case SubjectKeyNumber: SubjectKey = element.Content; break;
                case KeyUsageNumber when element.Tag == BitString: KeyUsage = UsageOf(element.Content); break;
                case AlternativeNameNumber: AlternativeNames = element.Content; break;
                case AuthorityKeyNumber: AuthorityKey = KeyOf(element.Content); break;
                case ExtendedKeyUsageNumber: ExtendedKeyUsage = element.Content; break;
            }
        }
    }

    /// <summary>Identifier of the certificate's own key.</summary>
    public ReadOnlySpan<byte> SubjectKey { get; }

    /// <summary>Identifier of the issuer's key.</summary>
    public ReadOnlySpan<byte> AuthorityKey { get; }

    /// <summary>Content of the subject's alternative names, <c>GeneralNames</c>.</summary>
    public ReadOnlySpan<byte> AlternativeNames { get; }

    /// <summary>Key usage bits: <c>digitalSignature</c>, number 0, is the lowest.</summary>
    public ushort KeyUsage { get; }

    /// <summary>Content of the extended key usage: object identifiers.</summary>
    public ReadOnlySpan<byte> ExtendedKeyUsage { get; }

    /// <summary>Reads the content of <c>Extensions</c>.</summary>
    public static CertificateExtensions Read(ReadOnlySpan<byte> extensions) => new(extensions);

    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> authority) =>
        DerElement.TryTake(ref authority, KeyIdentifierTag, out var key) ? key.Content : default;

    /// <summary>After the count of unused bits, bit 0 is the highest of the first byte (X.690 §8.6.2).</summary>
    private static ushort UsageOf(ReadOnlySpan<byte> bits)
    {
        var usage = 0;
        for (var i = 0; i < KeyUsageText.Count && 1 + (i / 8) < bits.Length; i++)
            usage |= ((bits[1 + (i / 8)] >> (7 - (i % 8))) & 1) << i;
        return (ushort)usage;
    }
}
