namespace PortAudit.Traffic.Records;

/// <summary>What a TLS handshake showed of client authentication.</summary>
public enum ClientCertificate : byte
{
    /// <summary>Cannot be seen: TLS 1.3 encrypts it, the session was resumed, or the handshake was not captured
    /// whole.</summary>
    Unknown,

    /// <summary>The server did not ask for a certificate.</summary>
    NotRequested,

    /// <summary>The server asked, the client sent none.</summary>
    RequestedNotPresented,

    /// <summary>The server asked; what the client answered was not seen.</summary>
    Requested,

    /// <summary>The client presented a certificate.</summary>
    Presented,
}

/// <summary>The names of <see cref="ClientCertificate"/> in output.</summary>
public static class ClientCertificateText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this ClientCertificate certificate) => certificate switch
    {
        ClientCertificate.NotRequested => "not-requested",
        ClientCertificate.RequestedNotPresented => "requested-not-presented",
        ClientCertificate.Requested => "requested",
        ClientCertificate.Presented => "presented",
        ClientCertificate.Unknown => "unknown",
    };
}
