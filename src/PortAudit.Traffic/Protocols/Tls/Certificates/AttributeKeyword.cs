namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Short names of attribute types in distinguished names (RFC 4514 §3, RFC 4519 §2; <c>emailAddress</c>: RFC
/// 2985 §5.2.1).</summary>
internal static class AttributeKeyword
{
    /// <summary><c>id-at</c>, 2.5.4 (X.520).</summary>
    private static ReadOnlySpan<byte> DirectoryAttribute => [0x55, 0x04];

    private static ReadOnlySpan<byte> DomainComponent => [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19];

    private static ReadOnlySpan<byte> UserId => [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x01];

    private static ReadOnlySpan<byte> EmailAddress => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01];

    /// <summary>The short name of an encoded object identifier; empty without one.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> identifier)
    {
        if (identifier.Length == 3 && identifier.StartsWith(DirectoryAttribute))
            return OfDirectoryAttribute(identifier[2]);
        if (identifier.SequenceEqual(DomainComponent))
            return "DC"u8;
        if (identifier.SequenceEqual(UserId))
            return "UID"u8;
        return identifier.SequenceEqual(EmailAddress) ? "emailAddress"u8 : default;
    }

    private static ReadOnlySpan<byte> OfDirectoryAttribute(byte number) => number switch
    {
        3 => "CN"u8,
        4 => "sn"u8,
        5 => "serialNumber"u8,
        6 => "C"u8,
        7 => "L"u8,
        8 => "ST"u8,
        9 => "STREET"u8,
        10 => "O"u8,
        11 => "OU"u8,
        12 => "title"u8,
        17 => "postalCode"u8,
        42 => "givenName"u8,
        _ => default,
    };
}
