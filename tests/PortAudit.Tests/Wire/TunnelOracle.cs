using System.Buffers.Binary;
using System.Globalization;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>
/// What tshark reads in tunnel headers. A row holds the values of fields in decimal, parted by bars; of a field's
/// several values the first counts, or the second where the field's name ends so (<see cref="Second"/>); one that it
/// did not find is empty.
/// </summary>
internal static class TunnelOracle
{
    /// <summary>Asks for a field's second value: that of the packet in the tunnel.</summary>
    public const string Second = "#2";

    /// <summary>An IPv4 packet of identification 0xBEEF, without payload.</summary>
    public const string Ip = "45000014 BEEF0000 40FD0000 0A000001 0A000002";

    /// <summary>The same in an Ethernet frame.</summary>
    public const string Ethernet = "020000000001 020000000002 0800" + Ip;

    /// <summary>The same in a PPP frame.</summary>
    public const string Ppp = "FF03 0021" + Ip;

    /// <summary>Checks that tshark reads vectors as expected behind an IPv4 header.</summary>
    /// <param name="protocol">What the IPv4 header says that follows.</param>
    /// <param name="vectors">Bytes of headers, outermost first, and last the expected row.</param>
    /// <param name="payload">Bytes behind the headers.</param>
    /// <param name="fields">The fields of a row.</param>
    public static void AgreesOverIp(byte protocol, IEnumerable<object[]> vectors, string payload,
        params string[] fields) =>
        Agrees(vectors, headers => Frames.Ipv4(protocol, Hex.Bytes(headers + payload)), fields);

    /// <summary>Checks that tshark reads vectors as expected behind a UDP header.</summary>
    /// <param name="port">The destination port of the datagram.</param>
    /// <param name="vectors">Bytes of headers, outermost first, and last the expected row.</param>
    /// <param name="payload">Bytes behind the headers.</param>
    /// <param name="fields">The fields of a row.</param>
    public static void AgreesOverUdp(ushort port, IEnumerable<object[]> vectors, string payload,
        params string[] fields) =>
        Agrees(vectors, headers =>
            Frames.Ipv4(IpProtocol.Udp.Value, Datagram(port, Hex.Bytes(headers + payload))), fields);

    /// <summary>Bytes behind the outermost IPv4 header, or behind the UDP header, and the row, of the frames of a
    /// capture of the corpus that a display filter selects.</summary>
    public static IReadOnlyList<(byte[] Bytes, string Row)> ReadCorpus(string capture, string filter,
        params string[] fields)
    {
        var rows = new List<(byte[], string)>();
        var frames = Payloads(capture);
        foreach (var row in Rows(Corpus.PathOf(capture), filter, ["frame.number", .. fields]))
        {
            var number = row.Split('|')[0];
            rows.Add((frames[int.Parse(number, CultureInfo.InvariantCulture) - 1], row[(number.Length + 1)..]));
        }

        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>One row, as tshark's are written.</summary>
    public static string Row(params object[] values) => string.Join('|', values.Select(value =>
        value is bool isSet ? isSet ? "1" : "0" : Convert.ToString(value, CultureInfo.InvariantCulture)));

    /// <summary>The identification of the IPv4 packet that begins at an offset.</summary>
    public static ushort Identification(ReadOnlySpan<byte> bytes, int offset = 0) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 4)..]);

    private static void Agrees(IEnumerable<object[]> vectors, Func<string, byte[]> packet, string[] fields)
    {
        var frames = vectors.Select(vector =>
            (0u, Frames.Ethernet(EtherType.Ipv4, packet(string.Concat(vector[..^1])))));
        using var folder = new TemporaryDirectory();
        Assert.Equal(vectors.Select(vector => (string)vector[^1]),
            Rows(PcapFile.Write(folder["tunnels.pcap"], frames), "", fields));
    }

    private static List<string> Rows(string path, string filter, string[] fields) =>
    [
        .. Tshark.Fields(path, filter, [.. fields.Select(field => field.Replace(Second, "", StringComparison.Ordinal))])
            .Select(row => string.Join('|', row.Zip(fields, (value, field) => Decimal(value.Split(',')
                .ElementAtOrDefault(field.EndsWith(Second, StringComparison.Ordinal) ? 1 : 0))))),
    ];

    private static string Decimal(string? value) => value switch
    {
        null => "",
        "True" => "1",
        "False" => "0",
        _ when value.StartsWith("0x", StringComparison.Ordinal) => uint.Parse(value.AsSpan(2), NumberStyles.HexNumber,
            CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    private static List<byte[]> Payloads(string capture)
    {
        using var source = CaptureFile.Open(Corpus.PathOf(capture));
        var payloads = new List<byte[]>();
        while (source.TryRead(out var captured))
        {
            Assert.True(EthernetFrame.TryParse(captured.Bytes, out var frame, out _));
            var network = EtherType.IsVlanTag(frame.EtherType) ? frame.Payload[VlanTag.HeaderLength..] : frame.Payload;
            payloads.Add(Ipv4Packet.TryParse(network, out var packet, out _) ? Behind(packet) : []);
        }

        return payloads;
    }

    private static byte[] Behind(Ipv4Packet packet) =>
        packet.Protocol == IpProtocol.Udp && UdpDatagram.TryParse(packet.Payload, out var datagram, out _)
            ? datagram.Payload.ToArray()
            : packet.Payload.ToArray();

    private static byte[] Datagram(ushort port, byte[] payload)
    {
        var datagram = Frames.Udp(payload);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), port);
        return datagram;
    }
}
