using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// JA3, JA3S and the fingerprints of certificates are tshark's, and what is told of a certificate is what the platform
/// reads in the bytes that tshark shows. Flows in which no TLS was found are the business of other tests.
/// </summary>
public sealed class TlsFingerprintTruthTests
{
    private static readonly string[] Samples =
    [
        "ajbanjara_Wireshark__ssl.dump.pcap", "arkime_arkime__tls13.pcap", "cisco_joy__tls10.pcap",
        "cisco_joy__tls12.pcap", "ntop_nDPI__ftp-start-tls.pcap",
        "ntop_nDPI__http_connect.pcap", "ntop_nDPI__smtp-starttls.pcap", "ntop_nDPI__smtps.pcapng",
        "ntop_nDPI__teams.pcap", "seladb_PcapPlusPlus__many_interfaces-1.pcapng",
        "zeek_zeek__client-certificate.pcap", "zeek_zeek__ldap-starttls.pcap", "zeek_zeek__xmpp-starttls.pcap",
    ];

    public static TheoryData<string> Captures => [.. Samples];

    [NeedsTheory(Part.Tshark)]
    [InlineData("lync-edge", "firewall-outside.pcap")]
    [InlineData("lync-edge", "firewall-inside.pcapng")]
    [InlineData("tls", "handshakes.pcapng")]
    public void In_the_samples(string directory, string file) =>
        Assert.True(Compare(Repository.PathOf("captures", directory, file)) > 5);

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Captures))]
    public void In_captures_of_others(string file) => Compare(Corpus.PathOf(file));

    private static int Compare(string capture)
    {
        var expected = Streams(capture);
        var compared = 0;
        foreach (var flow in Flows(capture))
        {
            if (!expected.TryGetValue(Key(flow), out var stream))
                continue;
            var tls = flow["tls"]!;
            var certificates = tls["server_certificates"]!.AsArray().Concat(tls["client_certificates"]!.AsArray())
                .ToList();
            Assert.Equal((stream.Ja3, stream.Ja3S), ((string?)tls["ja3"], (string?)tls["ja3s"]));
            Assert.Equal(stream.Certificates.Keys.Order(StringComparer.Ordinal), certificates
                .Select(certificate => $"{certificate!["sha256"]}").Distinct().Order(StringComparer.Ordinal));
            foreach (var certificate in certificates)
                CompareFields(stream.Certificates[$"{certificate!["sha256"]}"], certificate);
            compared++;
        }

        return compared;
    }

    private static void CompareFields(byte[] encoding, JsonNode told)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(encoding);
        Assert.Equal(Time(certificate.NotBefore), $"{told["not_before"]}");
        Assert.Equal(Time(certificate.NotAfter), $"{told["not_after"]}");
        var serial = certificate.SerialNumber.ToLowerInvariant();
        Assert.Equal(serial.Length > 2 && serial.StartsWith("00", StringComparison.Ordinal) ? serial[2..] : serial,
            $"{told["serial_number"]}");
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        var dnsNames = told["dns_names"]!.AsArray().Select(name => $"{name}").ToList();
        var written = names?.EnumerateDnsNames().ToList() ?? [];
        Assert.Equal(written.Take(dnsNames.Count), dnsNames);
        Assert.Equal((names?.EnumerateIPAddresses().Count() ?? 0) + written.Count,
            dnsNames.Count + told["ip_addresses"]!.AsArray().Count + (int)told["names_not_listed"]!);
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SingleOrDefault()?.EnhancedKeyUsages.Count ?? 0;
        Assert.Equal(usages, told["extended_key_usage"]!.AsArray().Count);
        var keyUsage = certificate.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages
            ?? X509KeyUsageFlags.None;
        Assert.Equal(int.PopCount((int)keyUsage), told["key_usage"]!.AsArray().Count);
        Assert.Equal(keyUsage.HasFlag(X509KeyUsageFlags.KeyCertSign),
            told["key_usage"]!.AsArray().Any(usage => $"{usage}" == "keyCertSign"));
        var commonName = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        Assert.Contains(commonName.Replace(",", "\\,", StringComparison.Ordinal), $"{told["subject"]}",
            StringComparison.Ordinal);
    }

    private static string Time(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<JsonObject> Flows(string capture) => CommandRun
        .Of("flows", capture, "--format", "jsonl").Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Where(flow => flow["tls"] is not null);

    private static string Key(JsonObject flow) =>
        Key($"{flow["originator"]} {flow["originator_port"]}", $"{flow["responder"]} {flow["responder_port"]}");

    private static string Key(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private static Dictionary<string, Stream> Streams(string capture) => Tshark
        .Fields(capture, "tls.handshake and tcp", "ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst",
            "tcp.dstport", "tls.handshake.ja3", "tls.handshake.ja3s", "tls.handshake.certificate")
        .GroupBy(row => Key($"{Last(row[0] + row[1])} {Last(row[2])}", $"{Last(row[3] + row[4])} {Last(row[5])}"),
            StringComparer.Ordinal)
        .ToDictionary(group => group.Key, Collect, StringComparer.Ordinal);

    /// <summary>The first client hello counts, and the last server hello: one before it is a
    /// HelloRetryRequest.</summary>
    private static Stream Collect(IEnumerable<string[]> rows)
    {
        var (ja3, ja3S) = (new List<string>(), new List<string>());
        var certificates = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            ja3.AddRange(List(row[6]));
            ja3S.AddRange(List(row[7]));
            foreach (var bytes in List(row[8]).Select(Convert.FromHexString))
                certificates[Convert.ToHexStringLower(SHA256.HashData(bytes))] = bytes;
        }

        return new Stream(ja3.FirstOrDefault(), ja3S.LastOrDefault(), certificates);
    }

    private static string Last(string values) => values.Split(',')[^1];

    private static string[] List(string values) => values.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Stream(string? Ja3, string? Ja3S, Dictionary<string, byte[]> Certificates);
}
