using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>The names of key usages (RFC 5280 §4.2.1.3).</summary>
internal static class KeyUsageText
{
    private static readonly ImmutableArray<string> Names =
    [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
        "cRLSign", "encipherOnly", "decipherOnly",
    ];

    public const int Count = 9;

    public static ImmutableArray<string> Of(ushort bits) =>
        bits == 0 ? [] : [.. Names.Where((_, number) => (bits >> number & 1) != 0)];
}
