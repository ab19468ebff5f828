using System.Security.Cryptography;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Quic;

/// <summary>Initial packets are read with keys that anybody can derive.</summary>
public sealed class QuicHandshakeTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private static readonly byte[] Destination = Convert.FromHexString("8394C8F03E515708");

    /// <summary>The values of RFC 9001 appendix A.1 and RFC 9369 appendix A.1.</summary>
    [Theory]
    [InlineData(1, true, "1F369613DD76D5467730EFCBE3B1A22D", "FA044B2F42A3FD3B46FB255C",
        "9F50449E04A0E810283A1E9933ADEDD2")]
    [InlineData(1, false, "CF3A5331653C364C88F0F379B6067E37", "0AC1493CA1905853B0BBA03E",
        "C206B8D9B9F0F37644430B490EEAA314")]
    [InlineData(0x6B3343CF, true, "8B1A0BC121284290A29E0971B5CD045D", "91F73E2351D8FA91660E909F",
        "45B95E15235D6F45A6B19CBCB0294BA9")]
    public void Keys_are_those_of_the_specification(uint version, bool ofClient, string key, string nonce,
        string headerKey)
    {
        var keys = QuicInitialKeys.Derive(version, Destination, ofClient, new byte[QuicInitialKeys.Length]);

        Assert.Equal((key, nonce, headerKey), (Convert.ToHexString(keys.Key), Convert.ToHexString(keys.Nonce),
            Convert.ToHexString(keys.HeaderKey)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0x6B3343CF)]
    public void The_client_hello_names_server_service_and_client(uint version)
    {
        var hello = Hello();
        var flow = Observe((true, Seal(version, true, Crypto(0, hello))));

        AssertHello(flow);
        Assert.Equal(DirectionBasis.Payload, flow.DirectionBasis);
    }

    [Fact]
    public void A_hello_in_pieces_out_of_order_over_two_packets_is_put_together()
    {
        var hello = Hello();
        var flow = Observe(
            (true, Seal(1, true, [.. Crypto(40, hello.AsSpan(40..60)), 1, .. Crypto(0, hello.AsSpan(..20))])),
            (true, Seal(1, true, [.. Crypto(60, hello.AsSpan(60..)), 0, 0, .. Crypto(20, hello.AsSpan(20..40))])));

        AssertHello(flow);
    }

    [Fact]
    public void The_client_is_known_by_its_keys_whoever_is_seen_first()
    {
        var flow = Observe((false, Seal(1, false, [2, 0, 0, 0, 0])), (true, Seal(1, true, Crypto(0, Hello()))));

        AssertHello(flow);
        Assert.Equal(Client, flow.Originator.Address.ToString());
    }

    [Fact]
    public void What_no_key_opens_shows_nothing()
    {
        var packet = Seal(1, true, Crypto(0, Hello()));
        packet[^1] ^= 1;

        Assert.Null(Observe((true, packet)).Tls);
    }

    [Fact]
    public void No_prefix_and_no_change_of_a_packet_throws()
    {
        var packet = Seal(1, true, Crypto(0, Hello()));
        for (var i = 0; i < packet.Length; i++)
        {
            var changed = packet.ToArray();
            changed[i] ^= 0x5A;
            var handshake = new QuicHandshake();
            handshake.Add(packet.AsSpan(..i), true);
            handshake.Add(changed, true);
        }
    }

    private static void AssertHello(FlowRecord flow)
    {
        Assert.Equal(("quic", "http", IdentificationBasis.Handshake),
            (flow.Protocol, flow.Service, flow.ServiceBasis));
        Assert.Equal("files.example", flow.Tls!.ServerName);
        Assert.Equal("h3", Assert.Single(flow.Tls.OfferedAlpn));
        Assert.StartsWith("q13d0103h3_", flow.Tls.Ja4, StringComparison.Ordinal);
    }

    private static FlowRecord Observe(params (bool FromClient, byte[] Datagram)[] datagrams)
    {
        var traffic = new ObservedTraffic();
        for (var i = 0; i < datagrams.Length; i++)
        {
            traffic.At(i, datagrams[i].FromClient
                ? Udp(Client, 50000, Server, 50001, datagrams[i].Datagram)
                : Udp(Server, 50001, Client, 50000, datagrams[i].Datagram));
        }

        return traffic.Flow();
    }

    /// <summary>A hello with server name, ALPN <c>h3</c> and the version of TLS 1.3.</summary>
    private static byte[] Hello()
    {
        byte[] name = [0, 0, 0, 18, 0, 16, 0, 0, 13, .. "files.example"u8];
        byte[] alpn = [0, 16, 0, 5, 0, 3, 2, .. "h3"u8];
        byte[] versions = [0, 43, 0, 3, 2, 3, 4];
        byte[] extensions = [.. name, .. alpn, .. versions];
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return [1, 0, 0, (byte)body.Length, .. body];
    }

    private static byte[] Crypto(int offset, ReadOnlySpan<byte> data) =>
        [6, (byte)(0x40 | (offset >> 8)), (byte)offset, 0x40, (byte)data.Length, .. data];

    /// <summary>An Initial packet of number 2 with 1,200 bytes.</summary>
    private static byte[] Seal(uint version, bool ofClient, byte[] frames)
    {
        var keys = QuicInitialKeys.Derive(version, Destination, ofClient, new byte[QuicInitialKeys.Length]);
        byte[] plain = [.. frames, .. new byte[1162 - frames.Length]];
        var length = 2 + plain.Length + 16;
        byte[] ids = ofClient ? [8, .. Destination, 0] : [0, 8, 1, 2, 3, 4, 5, 6, 7, 8];
        var first = (byte)((version == 1 ? 0xC0 : 0xD0) | 1);
        byte[] head = [first, (byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version, .. ids,
            0, (byte)(0x40 | (length >> 8)), (byte)length, 0, 2];
        var nonce = keys.Nonce.ToArray();
        nonce[^1] ^= 2;
        var sealedBytes = new byte[plain.Length];
        var tag = new byte[16];
        using var cipher = new AesGcm(keys.Key, 16);
        cipher.Encrypt(nonce, plain, sealedBytes, tag, head);
        byte[] packet = [.. head, .. sealedBytes, .. tag];
        using var mask = Aes.Create();
        mask.SetKey(keys.HeaderKey);
        var sample = mask.EncryptEcb(packet.AsSpan(head.Length + 2, 16).ToArray(), PaddingMode.None);
        packet[0] ^= (byte)(sample[0] & 0x0F);
        packet[head.Length - 2] ^= sample[1];
        packet[head.Length - 1] ^= sample[2];
        return packet;
    }
}
