using System.Text;
using PortAudit.Reports.Packets;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Observation;

/// <summary>What is said of a payload, and that nothing secret is.</summary>
public sealed class PacketMessageTests
{
    private const string Secret = "Tr0ub4dor";

    /// <summary>Messages with <see cref="Secret"/> where credentials stand, as text or as hexadecimal digits before
    /// and behind it.</summary>
    public static TheoryData<string, ushort, string, string> Credentials => new()
    {
        { "tcp", 21, $"PASS {Secret}\r\n", "command PASS" },
        { "tcp", 110, $"USER {Secret}\r\n", "command USER" },
        { "tcp", 110, $"APOP bob {Secret}\r\n", "command APOP" },
        { "tcp", 143, $"a1 LOGIN bob {Secret}\r\n", "" },
        { "tcp", 25, $"AUTH PLAIN {Secret}\r\n", "command AUTH" },
        { "tcp", 25, $"{Secret}\r\n", "" },
        { "tcp", 25, $"334 {Secret}\r\n", "reply 334" },
        { "tcp", 23, Secret, "" },
        { "tcp", 80, $"GET /?token={Secret} HTTP/1.1\r\nHost: {Secret}\r\nAuthorization: Basic {Secret}\r\n\r\n",
            "HTTP/1.1 request GET, target not shown" },
        { "tcp", 80, "POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nuser=bob&"
            + $"password={Secret}", "HTTP/1.1 request POST, target not shown" },
        { "tcp", 80, $"user=bob&password={Secret}", "" },
        { "tcp", 80, $"HTTP/1.1 200 {Secret}\r\nSet-Cookie: {Secret}\r\n\r\n", "HTTP/1.1 response 200" },
        { "tcp", 80, $"{Secret} / HTTP/1.1\r\n\r\n", "" },
        { "tcp", 5222, $"<iq type='set'><query xmlns='jabber:iq:auth'><password>{Secret}</password></query></iq>", "" },
        { "tcp", 5222, $"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{Secret}</auth>", "" },
        { "udp", 5060, $"REGISTER sip:bob:{Secret}@contoso.test SIP/2.0\r\nAuthorization: Digest response={Secret}\r\n",
            "SIP/2.0 request REGISTER, target not shown" },
        { "udp", 161, $"hex 30 1A 02 01 01 04 09 {Secret} A0 0A", "SNMP version 2c, community not shown" },
        { "tcp", 389, $"hex 30 16 02 01 01 60 11 02 01 03 04 00 80 09 {Secret}", "LDAP bind request" },
        { "tcp", 88, $"hex 00 00 00 20 6A 1E {Secret}", "Kerberos AS-REQ" },
        { "tcp", 445, $"hex 00 00 00 60 FE 53 4D 42 40 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 {Secret}",
            "SMB2 SESSION_SETUP request" },
        { "tcp", 135, $"hex 05 00 10 03 10 00 00 00 40 00 00 00 {Secret}", "RPC auth3" },
        { "tcp", 443, $"hex 17 03 03 00 09 {Secret}", "TLS application data" },
        { "udp", 1701, $"hex 00 02 00 07 00 01 FF 03 C0 23 01 01 00 12 03 62 6F 62 09 {Secret}", "" },
        { "udp", 1812, $"hex 01 01 00 20 {Secret}", "" },
    };

    [Theory]
    [MemberData(nameof(Credentials))]
    public void Credentials_are_shown_in_no_message(string transport, ushort port, string payload, string message)
    {
        foreach (var (from, to) in new[] { ((ushort)50_000, port), (port, (ushort)50_000) })
        {
            var view = View(transport, from, to, Bytes(payload));
            Assert.Equal(message, view.Layers[^1].Fields.FirstOrDefault(field => field.Name == "Message")?.Value ?? "");
            Assert.DoesNotContain(Secret, Text(view), StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(Secret)), Text(view),
                StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("hex 16 03 01 00 06 01 00 00 02 03 03", "TLS client hello")]
    [InlineData("hex 14 03 03 00 01 01 16 03 03 00 05 99 88 77 66 55", "TLS change cipher spec, handshake")]
    [InlineData("hex 15 03 03 00 02 02 28", "TLS fatal alert 40")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2")]
    [InlineData("SSH-2.0-evil\u001b[31m\r\n", "SSH-2.0-evil")]
    [InlineData("+OK ready\r\n", "reply +OK")]
    public void A_message_is_named_by_its_first_bytes(string payload, string message) =>
        Assert.Contains($"; {message}; ", View("tcp", 50_000, 4_000, Bytes(payload)).Info, StringComparison.Ordinal);

    [Fact]
    public void Dns_shows_name_and_type_without_control_characters_on_a_terminal()
    {
        var view = View("udp", 50_000, 53,
            Bytes("hex 00 01 01 00 00 01 00 00 00 00 00 00 04 61 1B 5B 6D 04 74 65 73 74 00 00 21 00 01"));

        Assert.EndsWith("DNS query a\u001b[m.test SRV", view.Info, StringComparison.Ordinal);
        Assert.Contains(@"DNS query a\u{001B}[m.test SRV", Text(view), StringComparison.Ordinal);
        Assert.DoesNotContain(Text(view), character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void An_icmp_error_says_what_it_is_about()
    {
        var quoted = FrameBuilder.Udp("10.0.0.1", 500, "10.0.0.2", 53, []);
        var view = View(FrameBuilder.Icmp("10.0.0.9", "10.0.0.1", 3, 13, quoted));

        Assert.Contains("ICMP 3/13 communication administratively prohibited, about udp 10.0.0.1:500 -> 10.0.0.2:53",
            view.Info, StringComparison.Ordinal);
    }

    internal static PacketView View(byte[] frame, int? originalLength = null, ushort linkType = 1) => PacketView.Of(
        "test.pcap", new CapturedPacket(7, 1_000_000_001, 0, new LinkType(linkType), originalLength ?? frame.Length,
            frame), new CaptureInterface(null, new LinkType(linkType), 0, null, 9), withLayers: true);

    internal static string Text(PacketView view)
    {
        using var writer = new StringWriter();
        PacketText.Write(writer, [view], 1, color: false);
        return writer.ToString();
    }

    private static PacketView View(string transport, ushort from, ushort to, byte[] payload) => View(transport == "tcp"
        ? FrameBuilder.Tcp("10.0.0.1", from, "10.0.0.2", to, TcpFlags.Psh | TcpFlags.Ack, 1, 2, payload)
        : FrameBuilder.Udp("10.0.0.1", from, "10.0.0.2", to, payload));

    /// <summary>Text as it is, or behind <c>hex</c> bytes, among which the secret stands as text.</summary>
    private static byte[] Bytes(string payload) => payload.StartsWith("hex ", StringComparison.Ordinal)
        ? [.. payload[4..].Split(' ').SelectMany(word => word == Secret
            ? Encoding.ASCII.GetBytes(word)
            : Convert.FromHexString(word))]
        : Encoding.ASCII.GetBytes(payload);
}
