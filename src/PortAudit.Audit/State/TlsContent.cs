using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How a TLS handshake is persisted.</summary>
internal static class TlsContent
{
    private static readonly TlsHandshake BlankHandshake = new()
    {
        Version = 0,
        SawServerHello = false,
        ClientCertificate = default
    };

    private static readonly TlsCertificate BlankCertificate = new()
    {
        Subject = "",
        Issuer = "",
        SerialNumber = "",
        Sha256 = ""
    };

    public static TlsHandshake Handshake(StateArchive archive, TlsHandshake? handshake)
    {
        var own = handshake ?? BlankHandshake;
        return own with
        {
            Version = archive.Port(own.Version),
            SawServerHello = archive.Flag(own.SawServerHello),
            CipherSuite = archive.Optional(own.CipherSuite, StateValues.Port),
            Resumption = archive.Word(own.Resumption),
            OffersEarlyData = archive.Flag(own.OffersEarlyData),
            ServerName = archive.TextOrNull(own.ServerName),
            SelectedAlpn = archive.TextOrNull(own.SelectedAlpn),
            OfferedAlpn = archive.Texts(own.OfferedAlpn),
            Ja3 = archive.TextOrNull(own.Ja3),
            Ja3S = archive.TextOrNull(own.Ja3S),
            Ja4 = archive.TextOrNull(own.Ja4),
            ServerCertificates = archive.Array(own.ServerCertificates, Certificate),
            ServerCertificatesNotKept = archive.Count(own.ServerCertificatesNotKept),
            ClientCertificate = archive.Word(own.ClientCertificate),
            ClientCertificates = archive.Array(own.ClientCertificates, Certificate),
            ClientCertificatesNotKept = archive.Count(own.ClientCertificatesNotKept),
            Alerts = archive.Array(own.Alerts, Alert),
        };
    }

    public static TlsCertificate Certificate(StateArchive archive, TlsCertificate? certificate) =>
        archive.Shared(certificate, Content);

    private static TlsCertificate Content(StateArchive archive, TlsCertificate? certificate)
    {
        var own = certificate ?? BlankCertificate;
        return own with
        {
            Subject = archive.Text(own.Subject),
            Issuer = archive.Text(own.Issuer),
            SerialNumber = archive.Text(own.SerialNumber),
            Sha256 = archive.Text(own.Sha256),
            NotBeforeSeconds = archive.NumberOrNull(own.NotBeforeSeconds),
            NotAfterSeconds = archive.NumberOrNull(own.NotAfterSeconds),
            DnsNames = archive.Texts(own.DnsNames),
            Addresses = archive.Texts(own.Addresses),
            NamesNotKept = archive.Count(own.NamesNotKept),
            KeyUsages = archive.Texts(own.KeyUsages),
            ExtendedKeyUsages = archive.Texts(own.ExtendedKeyUsages),
            IsSelfSigned = archive.Flag(own.IsSelfSigned),
        };
    }

    private static TlsAlert Alert(StateArchive archive, TlsAlert own) =>
        new(archive.Flag(own.IsFromClient), archive.Octet(own.Level), archive.Octet(own.Description));
}
