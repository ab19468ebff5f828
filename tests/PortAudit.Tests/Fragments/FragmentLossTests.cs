using System.Buffers.Binary;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Fragments;

/// <summary>First fragments that come alone.</summary>
public sealed class FragmentLossTests
{
    private const int EthernetLength = 14;
    private const int Ipv4Length = 20;
    private const int FirstLength = 1_000;

    [Fact]
    public void First_fragments_without_the_rest_are_counted()
    {
        var flow = new ObservedTraffic().At(0, First(1)).At(1, First(2)).At(3, First(3)).Flow();

        Assert.Equal(new FragmentLoss(ByOriginator: true, Datagrams: 3), flow.FragmentLoss);
        Assert.Equal(Outcome.Unanswered, flow.Outcome);
    }

    [Fact]
    public void A_datagram_whose_rest_comes_is_not_lost() =>
        Assert.Null(new ObservedTraffic().At(0, First(1)).At(0.001, Rest(1)).At(1, First(2)).At(1.001, Rest(2))
            .Flow().FragmentLoss);

    [Fact]
    public void A_rest_that_comes_before_its_first_fragment_counts() =>
        Assert.Null(new ObservedTraffic().At(0, Rest(1)).At(0.001, First(1)).At(1, Rest(2)).At(1.001, First(2))
            .Flow().FragmentLoss);

    [Fact]
    public void One_datagram_without_its_rest_may_be_the_end_of_the_capture() =>
        Assert.Null(new ObservedTraffic().At(0, First(1)).Flow().FragmentLoss);

    private static byte[] First(ushort identification) => Fragment(identification, isFirst: true);

    private static byte[] Rest(ushort identification) => Fragment(identification, isFirst: false);

    /// <summary>A fragment (RFC 791 §3.1) of a datagram of 1,400 bytes.</summary>
    private static byte[] Fragment(ushort identification, bool isFirst)
    {
        var whole = FrameBuilder.Udp("10.4.0.7", 50_200, "10.4.5.6", 1812, new byte[1_400]);
        var content = isFirst ? whole[(EthernetLength + Ipv4Length)..(EthernetLength + Ipv4Length + FirstLength)]
            : whole[(EthernetLength + Ipv4Length + FirstLength)..];
        byte[] frame = [.. whole[..(EthernetLength + Ipv4Length)], .. content];
        var header = frame.AsSpan(EthernetLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(Ipv4Length + content.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)(isFirst ? 0x2000 : FirstLength / 8));
        return frame;
    }
}
