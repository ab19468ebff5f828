using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.RemoteControl;

/// <summary>Detects AnyDesk by its certificates in TLS before 1.3: hosts use <c>AnyDesk Client</c>, the vendor's relays
/// are certified by <c>AnyNet Root CA</c> (as in nDPI's tests; no public specification). Certificates are not verified:
/// they name the service, and prove no owner.</summary>
internal static class AnyDeskCertificates
{
    /// <summary>Registry name of the service.</summary>
    public const string Service = "anydesk";

    private const string OfHost = "CN=AnyDesk Client";
    private const string OfRelays = "CN=AnyNet Root CA";

    /// <summary>True when the server's certificate is one of AnyDesk's.</summary>
    public static bool AreIn(TlsHandshake handshake) => handshake.ServerCertificates is [var server, ..]
        && (Holds(server.Subject, OfHost) || Holds(server.Issuer, OfRelays));

    /// <summary>True when a distinguished name (RFC 4514 §2.1) contains the part.</summary>
    private static bool Holds(string name, string part)
    {
        foreach (var range in name.AsSpan().SplitAny(",+"))
        {
            if (name.AsSpan()[range].Trim().SequenceEqual(part))
                return true;
        }

        return false;
    }
}
