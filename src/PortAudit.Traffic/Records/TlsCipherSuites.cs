using System.Net.Security;

namespace PortAudit.Traffic.Records;

/// <summary>Names of cipher suites in the IANA registry "TLS Cipher Suites".</summary>
public static class TlsCipherSuites
{
    /// <summary>The name of a suite; null when unregistered. The platform knows the list of 2019; later suites are
    /// listed here.</summary>
    public static string? NameOf(ushort suite) => suite switch
    {
        0x00C6 => "TLS_SM4_GCM_SM3", // RFC 8998
        0x00C7 => "TLS_SM4_CCM_SM3",
        0x1306 => "TLS_AEGIS_256_SHA512", // draft-irtf-cfrg-aegis-aead
        0x1307 => "TLS_AEGIS_128L_SHA256",
        0xC0B4 => "TLS_SHA256_SHA256", // RFC 9150
        0xC0B5 => "TLS_SHA384_SHA384",
        0xC100 => "TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC", // RFC 9189
        0xC101 => "TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC",
        0xC102 => "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT",
        0xC103 => "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L", // RFC 9367
        0xC104 => "TLS_GOSTR341112_256_WITH_MAGMA_MGM_L",
        0xC105 => "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_S",
        0xC106 => "TLS_GOSTR341112_256_WITH_MAGMA_MGM_S",
        _ => Enum.GetName((TlsCipherSuite)suite),
    };
}
