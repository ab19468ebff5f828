using System.Collections.Immutable;
using System.Globalization;
using System.Net.Security;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>A row of ssl.log: the handshake, and the certificates that it names.</summary>
/// <param name="Handshake">The handshake, without certificates.</param>
/// <param name="Server">Identifiers of the server's certificates in x509.log, its own first.</param>
/// <param name="Client">The same for the client's.</param>
/// <param name="Subject">Subject of the server's certificate in ssl.log itself; null without.</param>
/// <param name="Issuer">Its issuer.</param>
internal sealed record ZeekTls(TlsHandshake Handshake, string[] Server, string[] Client, string? Subject,
    string? Issuer)
{
    private const string UnknownCipher = "unknown-";

    /// <summary>Reads a row.</summary>
    public static ZeekTls Of(ZeekRow row)
    {
        var version = VersionOf(row.Text(ZeekField.Version));
        var history = row.Text(ZeekField.SslHistory);
        var client = Chain(row, ZeekField.ClientCertChain, ZeekField.ClientCertChainFuids);
        return new ZeekTls(
            new TlsHandshake
            {
                Version = version ?? 0,
                SawServerHello = version is not null,
                CipherSuite = CipherOf(row.Text(ZeekField.Cipher)),
                Resumption = row.Flag(ZeekField.Resumed) switch
                {
                    true => version == LogTls.Tls13 ? TlsResumption.PreSharedKey : TlsResumption.SessionId,
                    false => TlsResumption.None,
                    null => TlsResumption.Unknown,
                },
                ServerName = LogTls.Cut(row.Text(ZeekField.ServerName)),
                SelectedAlpn = LogTls.Cut(row.Text(ZeekField.NextProtocol)),
                Ja3 = LogTls.Cut(row.Text(ZeekField.Ja3)),
                Ja3S = LogTls.Cut(row.Text(ZeekField.Ja3S)),
                Ja4 = LogTls.Cut(row.Text(ZeekField.Ja4)),
                ClientCertificate = ClientOf(version, history, client.Length > 0),
            },
            Chain(row, ZeekField.CertChain, ZeekField.CertChainFuids),
            client,
            LogTls.Cut(row.Text(ZeekField.Subject)),
            LogTls.Cut(row.Text(ZeekField.Issuer)));
    }

    /// <summary>The handshake with its certificates.</summary>
    public TlsHandshake With(ZeekCertificates known)
    {
        ImmutableArray<TlsCertificate> server = [.. Server.Select(known.Find).OfType<TlsCertificate>()];
        ImmutableArray<TlsCertificate> client = [.. Client.Select(known.Find).OfType<TlsCertificate>()];
        if (server.IsEmpty && Subject is { } subject)
        {
            server =
            [
                new TlsCertificate
                {
                    Subject = subject,
                    Issuer = Issuer ?? "",
                    SerialNumber = "",
                    Sha256 = "",
                    IsSelfSigned = subject == Issuer,
                },
            ];
        }

        return Handshake with { ServerCertificates = server, ClientCertificates = client };
    }

    /// <summary>A certificate of x509.log.</summary>
    public static TlsCertificate CertificateOf(ZeekRow row)
    {
        var subject = LogTls.Cut(row.Text(ZeekField.CertSubject)) ?? "";
        var issuer = LogTls.Cut(row.Text(ZeekField.CertIssuer)) ?? "";
        var (names, addresses) = (row.Texts(ZeekField.SanDns), row.Texts(ZeekField.SanIp));
        var fingerprint = row.Text(ZeekField.Fingerprint) ?? "";
        return new TlsCertificate
        {
            Subject = subject,
            Issuer = issuer,
            SerialNumber = (LogTls.Cut(row.Text(ZeekField.CertSerial)) ?? "").ToLowerInvariant(),
            Sha256 = fingerprint.Length == Sha256Digits ? fingerprint.ToLowerInvariant() : "",
            NotBeforeSeconds = row.TimeNs(ZeekField.NotBefore, out _) / NsPerSecond,
            NotAfterSeconds = row.TimeNs(ZeekField.NotAfter, out _) / NsPerSecond,
            DnsNames = [.. names.Take(LogTls.MaximumNames).Select(name => LogTls.Cut(name)!)],
            Addresses = [.. addresses.Take(LogTls.MaximumNames).Select(name => LogTls.Cut(name)!)],
            NamesNotKept = Math.Max(0, names.Length - LogTls.MaximumNames)
                + Math.Max(0, addresses.Length - LogTls.MaximumNames),
            IsSelfSigned = subject == issuer,
        };
    }

    private const long NsPerSecond = 1_000_000_000;

    private const int Sha256Digits = 64;

    private static string[] Chain(ZeekRow row, ZeekField fingerprints, ZeekField files)
    {
        var names = row.Texts(fingerprints);
        return (names.Length > 0 ? names : row.Texts(files)).Take(LogTls.MaximumCertificates).ToArray();
    }

    private static ushort? VersionOf(string? text) => text switch
    {
        "SSLv2" => 0x0200,
        "SSLv3" => 0x0300,
        "TLSv10" or "DTLSv10" => 0x0301,
        "TLSv11" => 0x0302,
        "TLSv12" or "DTLSv12" => 0x0303,
        { } known when known.StartsWith("TLSv13", StringComparison.Ordinal)
            || known.StartsWith("DTLSv13", StringComparison.Ordinal) => LogTls.Tls13,
        _ => null,
    };

    private static ushort? CipherOf(string? text)
    {
        if (text is null)
            return null;
        if (text.StartsWith(UnknownCipher, StringComparison.Ordinal))
            return ushort.TryParse(text.AsSpan(UnknownCipher.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number) ? number : null;
        return char.IsAsciiLetter(text.FirstOrDefault()) && Enum.TryParse<TlsCipherSuite>(text, out var suite)
            && TlsCipherSuites.NameOf((ushort)suite) == text ? (ushort)suite : null;
    }

    /// <summary>What is known of client authentication: letters of <c>ssl_history</c> are upper case from the client;
    /// <c>R</c> is a certificate request, <c>N</c> the end of the server's hello.</summary>
    private static ClientCertificate ClientOf(ushort? version, string? history, bool hasChain)
    {
        if (hasChain)
            return ClientCertificate.Presented;
        if (version is null or LogTls.Tls13 || history is null)
            return ClientCertificate.Unknown;
        if (history.Contains('r', StringComparison.Ordinal))
            return history.Contains('G', StringComparison.Ordinal)
                ? ClientCertificate.RequestedNotPresented
                : ClientCertificate.Requested;
        return history.Contains('n', StringComparison.Ordinal)
            ? ClientCertificate.NotRequested
            : ClientCertificate.Unknown;
    }
}
