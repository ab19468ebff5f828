namespace PortAudit.Traffic.Records;

/// <summary>An alert in clear of a TLS handshake (RFC 8446 §6, RFC 5246 §7.2).</summary>
/// <param name="IsFromClient">True when the client sent it.</param>
/// <param name="Level">1 a warning, 2 fatal.</param>
/// <param name="Description">Its number.</param>
public readonly record struct TlsAlert(bool IsFromClient, byte Level, byte Description)
{
    private const byte Fatal = 2;
    private const byte CloseNotify = 0;
    private const byte UserCanceled = 90;
    private const ushort Tls13 = 0x0304;

    /// <summary>Who sent it, in output.</summary>
    public string SenderText => IsFromClient ? "client" : "server";

    /// <summary>
    /// True when it ends the handshake: a fatal one; in TLS 1.3, where the level means nothing, all but two (RFC 8446
    /// §6, §6.1).
    /// </summary>
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

    /// <summary>Name of <see cref="Description"/> by the IANA registry "TLS Alerts"; the number of one that has
    /// none.</summary>
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
