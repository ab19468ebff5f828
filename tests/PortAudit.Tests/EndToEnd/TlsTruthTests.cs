using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What the flow list says of TLS handshakes agrees with tshark's dissection of the samples.</summary>
public sealed class TlsTruthTests
{
    private const string ClientHello = "1";
    private const string Certificate = "11";
    private const string CertificateRequest = "13";

    [NeedsFact(Part.Tshark)]
    public void Server_names_alpn_and_certificates_are_tsharks()
    {
        var compared = 0;
        foreach (var capture in new[] { LyncEdge.Outside, LyncEdge.Inside })
        {
            var handshakes = Handshakes(capture);
            foreach (var flow in Flows(capture))
            {
                Assert.Equal(Expected(handshakes[Key(flow)]), Actual(flow["tls"]!));
                compared++;
            }
        }

        Assert.True(compared > 20, $"{compared} handshakes were compared");
    }

    private static string Expected(List<Message> messages)
    {
        var client = messages.First(message => message.Types.Contains(ClientHello)).Sender;
        var (fromClient, fromServer) = (messages.Where(message => message.Sender == client).ToList(),
            messages.Where(message => message.Sender != client).ToList());
        var serverNames = fromServer.SelectMany(message => message.CertificateNames).ToList();
        var isRequested = fromServer.Any(message => message.Types.Contains(CertificateRequest));
        var isPresented = fromClient.Any(message =>
            message.Types.Contains(Certificate) && message.CertificateNames.Length > 0);
        var certificate = (serverNames.Count, isRequested, isPresented) switch
        {
            (_, true, true) => "presented",
            (_, true, false) => "requested-not-presented",
            ( > 0, false, _) => "not-requested",
            _ => "unknown",
        };
        return $"{string.Join(',', fromClient.SelectMany(message => message.ServerName))} "
            + $"{string.Join(',', fromClient.SelectMany(message => message.Alpn))} {string.Join(',', serverNames)} "
            + $"{certificate}";
    }

    private static string Actual(JsonNode tls) =>
        $"{tls["server_name"]} {string.Join(',', tls["alpn_offered"]!.AsArray())} "
            + $"{string.Join(',', tls["server_certificate_names"]!.AsArray())} {tls["client_certificate"]}";

    private static IEnumerable<JsonObject> Flows(string capture) => CommandRun
        .Of("flows", capture, "--format", "jsonl").Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .Where(flow => flow["tls"] is not null);

    private static string Key(JsonObject flow) =>
        Key($"{flow["originator"]} {flow["originator_port"]}", $"{flow["responder"]} {flow["responder_port"]}");

    private static string Key(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private static Dictionary<string, List<Message>> Handshakes(string capture) => Tshark
        .Fields(capture, "tls.handshake", "ip.src", "tcp.srcport", "ip.dst", "tcp.dstport", "tls.handshake.type",
            "tls.handshake.extensions_server_name", "tls.handshake.extensions_alpn_str", "x509ce.dNSName")
        .Select(row => (Key: Key($"{row[0]} {row[1]}", $"{row[2]} {row[3]}"),
            Message: new Message($"{row[0]} {row[1]}", List(row[4]), List(row[5]), List(row[6]), List(row[7]))))
        .GroupBy(row => row.Key, row => row.Message, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private static string[] List(string values) => values.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Message(string Sender, string[] Types, string[] ServerName, string[] Alpn,
        string[] CertificateNames);
}
