using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>A TLS handshake as the JSON object <c>tls</c> of a flow; what was not seen is null. Described by
/// <c>docs/schema/flows.schema.json</c>.</summary>
internal static class TlsJson
{
    public static void Write(Utf8JsonWriter json, TlsHandshake? tls)
    {
        if (tls is null)
        {
            json.WriteNull("tls");
            return;
        }

        json.WriteStartObject("tls");
        json.WriteString("version", tls.VersionText);
        json.WriteBoolean("server_hello_seen", tls.SawServerHello);
        json.WriteString("server_name", tls.ServerName);
        json.WriteString("alpn", tls.SelectedAlpn);
        WriteTexts(json, "alpn_offered", tls.OfferedAlpn);
        json.WriteString("server_subject", tls.ServerSubject);
        WriteTexts(json, "server_certificate_names", tls.ServerNames);
        json.WriteString("client_certificate", tls.ClientCertificate.ToText());
        json.WriteString("client_subject", tls.ClientSubject);
        WriteSuite(json, tls);
        json.WriteString("resumption", tls.Resumption.ToText());
        json.WriteBoolean("early_data_offered", tls.OffersEarlyData);
        json.WriteString("ja3", tls.Ja3);
        json.WriteString("ja3s", tls.Ja3S);
        json.WriteString("ja4", tls.Ja4);
        WriteAlerts(json, tls.Alerts);
        WriteCertificates(json, "server_certificates", tls.ServerCertificates);
        json.WriteNumber("server_certificates_not_listed", tls.ServerCertificatesNotKept);
        WriteCertificates(json, "client_certificates", tls.ClientCertificates);
        json.WriteNumber("client_certificates_not_listed", tls.ClientCertificatesNotKept);
        json.WriteEndObject();
    }

    private static void WriteSuite(Utf8JsonWriter json, TlsHandshake tls)
    {
        if (tls.CipherSuite is { } suite)
            json.WriteNumber("cipher_suite", suite);
        else
            json.WriteNull("cipher_suite");
        json.WriteString("cipher_suite_name", tls.CipherSuiteText);
    }

    private static void WriteAlerts(Utf8JsonWriter json, ImmutableArray<TlsAlert> alerts)
    {
        json.WriteStartArray("alerts");
        foreach (var alert in alerts)
        {
            json.WriteStartObject();
            json.WriteString("from", alert.SenderText);
            json.WriteString("level", alert.LevelText);
            json.WriteString("description", alert.DescriptionText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCertificates(Utf8JsonWriter json, string property,
        ImmutableArray<TlsCertificate> certificates)
    {
        json.WriteStartArray(property);
        foreach (var certificate in certificates)
        {
            json.WriteStartObject();
            json.WriteString("subject", certificate.Subject);
            json.WriteString("issuer", certificate.Issuer);
            json.WriteString("serial_number", certificate.SerialNumber);
            json.WriteString("not_before", TimeText(certificate.NotBeforeSeconds));
            json.WriteString("not_after", TimeText(certificate.NotAfterSeconds));
            WriteTexts(json, "dns_names", certificate.DnsNames);
            WriteTexts(json, "ip_addresses", certificate.Addresses);
            json.WriteNumber("names_not_listed", certificate.NamesNotKept);
            WriteTexts(json, "key_usage", certificate.KeyUsages);
            WriteTexts(json, "extended_key_usage", certificate.ExtendedKeyUsages);
            json.WriteBoolean("self_signed", certificate.IsSelfSigned);
            json.WriteString("sha256", certificate.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>RFC 3339 in whole seconds, the resolution of certificates.</summary>
    private static string? TimeText(long? seconds) => seconds is { } known
        ? DateTimeOffset.FromUnixTimeSeconds(known).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    private static void WriteTexts(Utf8JsonWriter json, string property, ImmutableArray<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
