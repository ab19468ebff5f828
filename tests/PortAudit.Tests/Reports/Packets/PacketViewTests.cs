using PortAudit.Reports.Packets;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Observation;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports.Packets;

/// <summary>Frames as people see them.</summary>
public sealed class PacketViewTests
{
    private static readonly byte[] Syn =
        FrameBuilder.Tcp("10.0.0.1", 49_153, "10.0.0.2", 443, TcpFlags.Syn, 1_000, vlan: 7);

    [Fact]
    public void A_line_has_everything_that_a_reader_asks_first()
    {
        var view = PacketMessageTests.View(Syn);

        Assert.Equal(
            "7  1970-01-01T00:00:01.000000001Z  10.0.0.1:49153 -> 10.0.0.2:443  tcp  58 B  SYN; seq 1000, window 8192; "
                + "VLAN 7\n",
            PacketMessageTests.Text(view with { Layers = [] }).Split("\nFrame")[0].TrimEnd('\n') + "\n");
    }

    [Fact]
    public void The_layers_have_fields_with_their_place_in_the_frame()
    {
        var layers = PacketMessageTests.View(Syn).Layers;

        Assert.Equal(["Ethernet, bytes 0 to 13", "802.1Q tag, bytes 14 to 17", "IPv4, bytes 18 to 37",
            "TCP, bytes 38 to 57"], layers.Select(layer => layer.Heading));
        Assert.Contains(new PacketField(14, "VLAN identifier", "7"), layers[1].Fields);
        Assert.Contains(new PacketField(26, "Time to live", "64"), layers[2].Fields);
        Assert.Contains(new PacketField(30, "Source", "10.0.0.1"), layers[2].Fields);
        Assert.Contains(new PacketField(42, "Sequence number", "1000"), layers[3].Fields);
        Assert.Contains(new PacketField(51, "Flags", "SYN"), layers[3].Fields);
    }

    [Fact]
    public void Of_a_header_that_is_cut_the_own_decoder_says_what_it_found()
    {
        var view = PacketMessageTests.View(Syn[..54], Syn.Length);

        Assert.Equal(("10.0.0.1:49153", "10.0.0.2:443"), (view.Source, view.Destination));
        Assert.EndsWith("54 bytes captured; decoding ended at tcp: cut by the snap length", view.Info,
            StringComparison.Ordinal);
        Assert.Contains(view.Layers, layer => layer.Title == "TCP"
            && layer.Fields.Contains(new PacketField(null, "Source port", "49153")));
        Assert.Equal("Decoding ended", view.Layers[^1].Title);
    }

    [Fact]
    public void A_length_that_lies_is_shown_and_said()
    {
        var frame = FrameBuilder.Udp("10.0.0.1", 5_000, "10.0.0.2", 53, [1, 2, 3, 4]);
        (frame[38], frame[39]) = (40_000 >> 8, 40_000 & 0xFF);
        var view = PacketMessageTests.View(frame);

        Assert.Contains(view.Layers, layer => layer.Fields.Contains(new PacketField(38, "Length", "40000 bytes")));
        Assert.EndsWith("decoding ended at udp: header announces more than the frame holds", view.Info,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_about_the_packet_in_the_tunnel_and_names_the_tunnel()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 42, 0, .. FrameBuilder.Tcp("192.168.0.1", 1, "192.168.0.2", 2, TcpFlags.Rst)];
        var view = PacketMessageTests.View(FrameBuilder.Udp("10.0.0.1", 50_000, "10.0.0.2", 4_789, vxlan));

        Assert.Equal("192.168.0.1:1", view.Source);
        Assert.Contains("RST; ", view.Info, StringComparison.Ordinal);
        Assert.Contains("in vxlan 10.0.0.1 -> 10.0.0.2", view.Info, StringComparison.Ordinal);
        Assert.Equal(["Ethernet", "IPv4", "UDP", "Tunnel: vxlan", "Ethernet", "IPv4", "TCP"],
            view.Layers.Select(layer => layer.Title));
    }

    [Fact]
    public void Arp_names_both_addresses()
    {
        byte[] arp = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2];
        var view = PacketMessageTests.View(Frames.Ethernet(0x0806, arp));

        Assert.Equal(("arp", "10.0.0.1", "10.0.0.2", "request"),
            (view.Protocol, view.Source, view.Destination, view.Info));
    }

    /// <summary>PacketDotNet throws on many of these; nobody may notice.</summary>
    [Fact]
    public void Whatever_the_bytes_are_a_frame_has_a_line_and_layers_inside_it()
    {
        var random = new Random(36);
        foreach (var (name, linkType, bytes, _) in LinkFrames.All.Append(("TCP", (ushort)1, Syn, 0)))
        {
            for (var length = 0; length <= bytes.Length; length++)
                AssertSound(name, PacketMessageTests.View(bytes[..length], bytes.Length, linkType));
            for (var change = 0; change < 200; change++)
            {
                byte[] changed = [.. bytes];
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
                AssertSound(name, PacketMessageTests.View(changed, linkType: linkType));
                random.NextBytes(changed);
                AssertSound(name, PacketMessageTests.View(changed, linkType: linkType));
            }
        }
    }

    private static void AssertSound(string name, PacketView view)
    {
        Assert.NotEmpty(view.Protocol);
        Assert.All(view.Layers, layer => Assert.True(
            layer.Offset >= 0 && layer.Length >= 0 && layer.Offset + layer.Length <= view.Captured,
            $"{name}: {layer.Heading} of {view.Captured}"));
    }
}
