using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>What a TLS handshake showed in clear (RFC 8446, RFC 5246, RFC 6066, RFC 7301, RFC 5280). Its text is
/// network data: it may hold any character and is escaped for output.</summary>
public sealed record TlsHandshake
{
    /// <summary>Negotiated version (<c>0x0303</c> is TLS 1.2, <c>0x0304</c> TLS 1.3), from the server hello; the
    /// highest the client offered while <see cref="SawServerHello"/> is false.</summary>
    public required ushort Version { get; init; }

    /// <summary>True when the server's hello was seen.</summary>
    public required bool SawServerHello { get; init; }

    /// <summary>Cipher suite selected by the server; null when its hello was not seen.</summary>
    public ushort? CipherSuite { get; init; }

    /// <summary>Whether an earlier session was resumed.</summary>
    public TlsResumption Resumption { get; init; }

    /// <summary>True when the client announced early data (RFC 8446 §4.2.10). Whether the server accepted it is
    /// encrypted.</summary>
    public bool OffersEarlyData { get; init; }

    /// <summary>Server name indication; null when the client sent none.</summary>
    public string? ServerName { get; init; }

    /// <summary>ALPN protocol selected by the server; null when none was, or TLS 1.3 hides it.</summary>
    public string? SelectedAlpn { get; init; }

    /// <summary>ALPN protocols offered by the client.</summary>
    public ImmutableArray<string> OfferedAlpn { get; init; } = [];

    /// <summary>JA3 of the client's hello: 32 hexadecimal digits; null when the hello was not captured whole.</summary>
    public string? Ja3 { get; init; }

    /// <summary>JA3S of the server's hello; null when it was not captured whole.</summary>
    public string? Ja3S { get; init; }

    /// <summary>JA4 of the client's hello; null when it was not captured whole.</summary>
    public string? Ja4 { get; init; }

    /// <summary>The server's certificates in clear, its own first. TLS 1.3 and resumed sessions show none.</summary>
    public ImmutableArray<TlsCertificate> ServerCertificates { get; init; } = [];

    /// <summary>Server certificates seen but not kept: cut, beyond the limits, or malformed.</summary>
    public int ServerCertificatesNotKept { get; init; }

    /// <summary>Client authentication.</summary>
    public required ClientCertificate ClientCertificate { get; init; }

    /// <summary>The client's certificates in clear, its own first.</summary>
    public ImmutableArray<TlsCertificate> ClientCertificates { get; init; } = [];

    /// <summary>Client certificates seen but not kept.</summary>
    public int ClientCertificatesNotKept { get; init; }

    /// <summary>Alerts in clear, the client's first.</summary>
    public ImmutableArray<TlsAlert> Alerts { get; init; } = [];

    /// <summary>Subject of the server's own certificate (RFC 4514 text); null when not visible.</summary>
    public string? ServerSubject => ServerCertificates.IsEmpty ? null : ServerCertificates[0].Subject;

    /// <summary>DNS names of the server's own certificate.</summary>
    public ImmutableArray<string> ServerNames => ServerCertificates.IsEmpty ? [] : ServerCertificates[0].DnsNames;

    /// <summary>Subject of the client's own certificate (RFC 4514 text); null when not visible.</summary>
    public string? ClientSubject => ClientCertificates.IsEmpty ? null : ClientCertificates[0].Subject;

    /// <summary>IANA's name of <see cref="CipherSuite"/>; null without one.</summary>
    public string? CipherSuiteText => CipherSuite is { } suite ? TlsCipherSuites.NameOf(suite) : null;

    /// <summary>Name of <see cref="Version"/>: <c>TLS 1.2</c> and so on.</summary>
    public string VersionText => Version switch
    {
        0x0200 => "SSL 2.0",
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        0x0303 => "TLS 1.2",
        0x0304 => "TLS 1.3",
        _ => $"0x{Version:x4}",
    };
}

/// <summary>An unencrypted alert in a TLS handshake (RFC 8446 §6, RFC 5246 §7.2).</summary>
/// <param name="IsFromClient">True when the client sent it.</param>
/// <param name="Level">1 a warning, 2 fatal.</param>
/// <param name="Description">Its number.</param>
public readonly record struct TlsAlert(bool IsFromClient, byte Level, byte Description)
{
    private const byte Fatal = 2;
    private const byte CloseNotify = 0;
    private const byte UserCanceled = 90;
    private const ushort Tls13 = 0x0304;

    /// <summary>The sender in output.</summary>
    public string SenderText => IsFromClient ? "client" : "server";

    /// <summary>True when it ends the handshake: a fatal one; in TLS 1.3, where the level is meaningless, all but two
    /// (RFC 8446 §6, §6.1).</summary>
    /// <param name="version">Version of the handshake, as in <see cref="TlsHandshake.Version"/>.</param>
    public bool Ends(ushort version) =>
        Level == Fatal || (version == Tls13 && Description is not (CloseNotify or UserCanceled));

    /// <summary>Name of <see cref="Level"/>.</summary>
    public string LevelText => Level switch
    {
        1 => "warning",
        2 => "fatal",
        _ => $"{Level}",
    };

    /// <summary>Name of <see cref="Description"/> in the IANA registry "TLS Alerts"; its number without one.</summary>
    public string DescriptionText => Description switch
    {
        0 => "close_notify",
        10 => "unexpected_message",
        20 => "bad_record_mac",
        21 => "decryption_failed",
        22 => "record_overflow",
        30 => "decompression_failure",
        40 => "handshake_failure",
        41 => "no_certificate",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        52 => "too_many_cids_requested",
        60 => "export_restriction",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        86 => "inappropriate_fallback",
        90 => "user_canceled",
        100 => "no_renegotiation",
        109 => "missing_extension",
        110 => "unsupported_extension",
        111 => "certificate_unobtainable",
        112 => "unrecognized_name",
        113 => "bad_certificate_status_response",
        114 => "bad_certificate_hash_value",
        115 => "unknown_psk_identity",
        116 => "certificate_required",
        117 => "general_error",
        120 => "no_application_protocol",
        121 => "ech_required",
        _ => $"{Description}",
    };
}

/// <summary>Whether and how a TLS handshake resumed an earlier session.</summary>
public enum TlsResumption : byte
{
    /// <summary>Unknown: the handshake was not captured whole.</summary>
    Unknown,

    /// <summary>A full handshake.</summary>
    None,

    /// <summary>By a session id kept by the server (RFC 5246 §7.3).</summary>
    SessionId,

    /// <summary>By a ticket kept by the client (RFC 5077).</summary>
    Ticket,

    /// <summary>By a pre-shared key, in TLS 1.3 usually from a ticket (RFC 8446 §2.2).</summary>
    PreSharedKey,
}

/// <summary>Texts of <see cref="TlsResumption"/> in output.</summary>
public static class TlsResumptionText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this TlsResumption resumption) => resumption switch
    {
        TlsResumption.None => "none",
        TlsResumption.SessionId => "session-id",
        TlsResumption.Ticket => "ticket",
        TlsResumption.PreSharedKey => "psk",
        TlsResumption.Unknown => "unknown",
    };
}

/// <summary>What a TLS handshake showed of client authentication.</summary>
public enum ClientCertificate : byte
{
    /// <summary>Unknown: encrypted by TLS 1.3, session resumed, or handshake not captured whole.</summary>
    Unknown,

    /// <summary>The server requested no certificate.</summary>
    NotRequested,

    /// <summary>The server requested one, the client sent none.</summary>
    RequestedNotPresented,

    /// <summary>The server requested one; the client's answer was not seen.</summary>
    Requested,

    /// <summary>The client presented a certificate.</summary>
    Presented,
}

/// <summary>Texts of <see cref="ClientCertificate"/> in output.</summary>
public static class ClientCertificateText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this ClientCertificate certificate) => certificate switch
    {
        ClientCertificate.NotRequested => "not-requested",
        ClientCertificate.RequestedNotPresented => "requested-not-presented",
        ClientCertificate.Requested => "requested",
        ClientCertificate.Presented => "presented",
        ClientCertificate.Unknown => "unknown",
    };
}
