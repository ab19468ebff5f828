using System.Globalization;
using System.Net;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>The TLS handshake of a <c>tls</c> or <c>quic</c> event. Of a chain the own certificate alone is
/// described.</summary>
internal static class SuricataTls
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The handshake of a <c>tls</c> event. Fields that the sensor is not set to write are unknown.</summary>
    public static TlsHandshake Of(EveEvent row)
    {
        var version = VersionOf(row.Text(EveField.TlsVersion));
        var certificate = CertificateOf(row, EveField.Subject, EveField.Issuer, EveField.Serial, EveField.NotBefore,
            EveField.NotAfter, row.Texts(EveField.AlternativeNames));
        var client = CertificateOf(row, EveField.ClientSubject, EveField.ClientIssuer, EveField.ClientSerial,
            EveField.ClientNotBefore, EveField.ClientNotAfter, []);
        var isResumed = row.Flag(EveField.SessionResumed) == true;

        // Without an answer the version is the client's. Fingerprints are written of both hellos or of none.
        var isAnswered = certificate is not null || isResumed || row.Has(EveField.Ja3S) || !row.Has(EveField.Ja3);
        return new TlsHandshake
        {
            Version = version ?? 0,
            SawServerHello = version is not null && isAnswered,
            CipherSuite = CipherOf(row.Text(EveField.Ja3SText)),
            Resumption = isResumed ? TlsResumption.SessionId
                : certificate is not null ? TlsResumption.None : TlsResumption.Unknown,
            ServerName = LogTls.Cut(row.Text(EveField.Sni)),
            SelectedAlpn = row.Texts(EveField.ServerAlpn) is [var selected] ? LogTls.Cut(selected) : null,
            OfferedAlpn =
            [
                .. row.Texts(EveField.ClientAlpn).Take(LogTls.MaximumNames).Select(name => LogTls.Cut(name)!),
            ],
            Ja3 = LogTls.Cut(row.Text(EveField.Ja3)),
            Ja3S = LogTls.Cut(row.Text(EveField.Ja3S)),
            Ja4 = LogTls.Cut(row.Text(EveField.Ja4)),
            ServerCertificates = certificate is null ? [] : [certificate],
            ClientCertificate = client is null ? ClientCertificate.Unknown : ClientCertificate.Presented,
            ClientCertificates = client is null ? [] : [client],
        };
    }

    /// <summary>What a <c>quic</c> event shows of the client's hello.</summary>
    public static TlsHandshake OfQuic(EveEvent row) => new()
    {
        Version = LogTls.Tls13,
        SawServerHello = false,
        ServerName = LogTls.Cut(row.Text(EveField.QuicSni)),
        Ja3 = LogTls.Cut(row.Text(EveField.QuicJa3)),
        ClientCertificate = ClientCertificate.Unknown,
    };

    /// <summary>A certificate; null without one. Suricata's fingerprint is SHA-1, so it is not kept.</summary>
    private static TlsCertificate? CertificateOf(EveEvent row, EveField subject, EveField issuer, EveField serial,
        EveField notBefore, EveField notAfter, string[] names)
    {
        if (!row.Has(subject) && !row.Has(issuer))
            return null;
        var (of, by) = (LogTls.Cut(row.Text(subject)) ?? "", LogTls.Cut(row.Text(issuer)) ?? "");
        var kept = names.Take(LogTls.MaximumNames).ToLookup(name => IPAddress.TryParse(name, out _));
        return new TlsCertificate
        {
            Subject = of,
            Issuer = by,
            SerialNumber = SerialOf(row.Text(serial)),
            Sha256 = "",
            NotBeforeSeconds = row.TimeNs(notBefore, out _) / NsPerSecond,
            NotAfterSeconds = row.TimeNs(notAfter, out _) / NsPerSecond,
            DnsNames = [.. kept[false].Select(name => LogTls.Cut(name)!)],
            Addresses = [.. kept[true].Select(name => LogTls.Cut(name)!)],
            NamesNotKept = Math.Max(0, names.Length - LogTls.MaximumNames),
            IsSelfSigned = of.Length > 0 && of == by,
        };
    }

    /// <summary>Pairs of digits parted by colons, a leading 00 left out.</summary>
    private static string SerialOf(string? text)
    {
        var digits = (LogTls.Cut(text) ?? "").Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits.Length > 2 && digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    /// <summary>Suricata's names of versions (<c>SSLVersionToString</c>); null for <c>UNDETERMINED</c>.</summary>
    private static ushort? VersionOf(string? text) => text switch
    {
        "SSLv2" => 0x0200,
        "SSLv3" => 0x0300,
        "TLSv1" or "TLS 1.0" => 0x0301,
        "TLS 1.1" => 0x0302,
        "TLS 1.2" => 0x0303,
        not null when text.StartsWith("TLS 1.3", StringComparison.Ordinal) => LogTls.Tls13,
        _ => null,
    };

    /// <summary>The second number of a JA3S string is the cipher suite that the server selected.</summary>
    private static ushort? CipherOf(string? ja3S) => ja3S?.Split(',') is [_, var suite, ..]
        && ushort.TryParse(suite, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;
}
