using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.RemoteControl;

/// <summary>
/// Tells AnyDesk by the certificates that its programs show in TLS before 1.3: between two hosts each names itself
/// <c>AnyDesk Client</c>, and the vendor's relays are certified by <c>AnyNet Root CA</c> (as nDPI's tests hold them; no
/// specification is public). Nothing in a certificate was verified: it names the service, and proves no owner.
/// </summary>
internal static class AnyDeskCertificates
{
    /// <summary>Registry name of the service.</summary>
    public const string Service = "anydesk";

    private const string OfHost = "CN=AnyDesk Client";
    private const string OfRelays = "CN=AnyNet Root CA";

    /// <summary>True when the server's certificate is one of AnyDesk's.</summary>
    public static bool AreIn(TlsHandshake handshake) => handshake.ServerCertificates is [var server, ..]
        && (Holds(server.Subject, OfHost) || Holds(server.Issuer, OfRelays));

    /// <summary>True when a distinguished name (RFC 4514 §2.1) has the part.</summary>
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
