namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Names of extended key usages: RFC 5280 §4.2.1.12 and others in practical use; else the number.</summary>
internal static class ExtendedKeyUsageText
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["2.5.29.37.0"] = "anyExtendedKeyUsage",
        ["1.3.6.1.5.5.7.3.1"] = "serverAuth",
        ["1.3.6.1.5.5.7.3.2"] = "clientAuth",
        ["1.3.6.1.5.5.7.3.3"] = "codeSigning",
        ["1.3.6.1.5.5.7.3.4"] = "emailProtection",
        ["1.3.6.1.5.5.7.3.5"] = "ipsecEndSystem",
        ["1.3.6.1.5.5.7.3.6"] = "ipsecTunnel",
        ["1.3.6.1.5.5.7.3.7"] = "ipsecUser",
        ["1.3.6.1.5.5.7.3.8"] = "timeStamping",
        ["1.3.6.1.5.5.7.3.9"] = "OCSPSigning",
        ["1.3.6.1.5.5.7.3.17"] = "ipsecIKE", // RFC 4945 §5.1.3.12
        ["1.3.6.1.5.5.7.3.20"] = "sipDomain", // RFC 5924 §4
        ["1.3.6.1.5.2.3.4"] = "pkinitClientAuth", // RFC 4556 §3.2.2
        ["1.3.6.1.5.2.3.5"] = "pkinitKDC", // RFC 4556 §3.2.4
        ["1.3.6.1.4.1.311.10.3.3"] = "msSGC", // Microsoft's, with the three below
        ["1.3.6.1.4.1.311.10.3.4"] = "msEFS",
        ["1.3.6.1.4.1.311.20.2.2"] = "msSmartcardLogon",
        ["1.3.6.1.4.1.311.54.1.2"] = "msRemoteDesktop",
        ["2.16.840.1.113730.4.1"] = "nsSGC",
    };

    /// <summary>The name of an encoded object identifier.</summary>
    public static string Of(ReadOnlySpan<byte> identifier)
    {
        var number = ObjectIdentifierText.Of(identifier);
        return Names.GetValueOrDefault(number, number);
    }
}
