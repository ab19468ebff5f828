using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live;

/// <summary>Filters of libpcap on frames of files.</summary>
public sealed class CaptureFilterTests
{
    /// <summary>An IPv4 packet of TCP from 10.0.0.1 port 1000 to 10.0.0.2 port 443.</summary>
    private static readonly byte[] Ip = Convert.FromHexString(
        "4500002800010000400600000A0000010A00000203E801BB00000000000000005002000000000000");

    private static readonly byte[] Ethernet =
        [.. Convert.FromHexString("0202020202020404040404040800"), .. Ip];

    private static readonly LinkType Raw = new(101);

    [NeedsFact(Part.Libpcap)]
    public void Each_link_type_has_its_own_program()
    {
        using var filter = CaptureFilter.TryCreate("tcp dst port 443", [LinkType.Ethernet, Raw], out var problem)!;

        Assert.Null(problem);
        Assert.True(filter.Takes(Packet(Ethernet, LinkType.Ethernet)));
        Assert.True(filter.Takes(Packet(Ip, Raw)));
        Assert.False(filter.Takes(Packet(Ip, LinkType.Ethernet)));
        Assert.True(filter.Takes(Packet(Ethernet, LinkType.Ethernet)));
        Assert.Empty(filter.Refused);
    }

    [NeedsFact(Part.Libpcap)]
    public void A_length_in_a_filter_is_that_on_the_wire()
    {
        using var filter = CaptureFilter.TryCreate("greater 1000", [LinkType.Ethernet], out _)!;

        Assert.True(filter.Takes(Packet(Ethernet, LinkType.Ethernet, original: 1500)));
        Assert.False(filter.Takes(Packet(Ethernet, LinkType.Ethernet)));
    }

    [NeedsFact(Part.Libpcap)]
    public void A_frame_without_bytes_is_no_fault()
    {
        using var filter = CaptureFilter.TryCreate("tcp", [LinkType.Ethernet], out _)!;

        Assert.False(filter.Takes(Packet([], LinkType.Ethernet)));
    }

    [NeedsFact(Part.Libpcap)]
    public void Frames_of_a_link_type_that_cannot_be_filtered_are_counted_and_named()
    {
        using var filter = CaptureFilter.TryCreate("wlan type mgt", [new LinkType(105), LinkType.Ethernet], out _)!;
        filter.Takes(Packet(Ethernet, LinkType.Ethernet));
        filter.Takes(Packet(Ethernet, LinkType.Ethernet));

        var refused = Assert.Single(filter.Refused);
        Assert.Equal((LinkType.Ethernet, 2L), (refused.LinkType, refused.Packets));
        Assert.NotEmpty(refused.Message);
        filter.Restart();
        Assert.Empty(filter.Refused);
    }

    [NeedsTheory(Part.Libpcap)]
    [InlineData("tcp prot 80", "syntax error")]
    [InlineData("port fooz", "fooz")]
    [InlineData("tcp\0", "no character 0")]
    public void An_error_has_the_expression_and_the_message_of_libpcap(string expression, string message)
    {
        Assert.Null(CaptureFilter.TryCreate(expression, [LinkType.Ethernet], out var problem));

        Assert.Equal((LiveProblemKind.Filter, expression), (problem!.Kind, problem.Filter!.Expression));
        Assert.Contains(message, problem.Text, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Libpcap)]
    public void An_error_names_the_link_type()
    {
        Assert.Null(CaptureFilter.TryCreate("wlan type mgt", [LinkType.Ethernet], out var problem));

        Assert.Contains("link type 1 (Ethernet)", problem!.Text, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Libpcap)]
    public void Taking_a_packet_allocates_nothing()
    {
        using var filter = CaptureFilter.TryCreate("tcp", [LinkType.Ethernet], out _)!;

        Assert.Equal(0, Allocation.Least(() =>
        {
            for (var count = 0; count < 1_000; count++)
                filter.Takes(Packet(Ethernet, LinkType.Ethernet));
        }));
    }

    private static CapturedPacket Packet(byte[] bytes, LinkType linkType, int? original = null) =>
        new(1, 0, 0, linkType, original ?? bytes.Length, bytes);
}
