using PortAudit.Live.Pcap;

namespace PortAudit.Tests.Live.Pcap;

/// <summary>The header before a packet, as each system lays it out.</summary>
public sealed unsafe class PacketHeaderTests
{
    private static readonly PacketHeader Expected = new(0x6553F100, 999_999_999, 64, 1514);

    [Fact]
    public void Linux_has_seconds_and_fraction_in_64_bits() =>
        Assert.Equal(Expected, OnUnix("00F1536500000000 FFC99A3B00000000 40000000 EA050000"));

    [Fact]
    public void MacOs_has_padding_behind_a_fraction_of_32_bits() =>
        Assert.Equal(Expected, OnUnix("00F1536500000000 FFC99A3BDEADBEEF 40000000 EA050000"));

    [Fact]
    public void Windows_has_seconds_and_fraction_in_32_bits()
    {
        fixed (byte* header = Bytes("00F15365 FFC99A3B 40000000 EA050000"))
            Assert.Equal(Expected, PacketHeader.ReadWindows(header));
    }

    [Fact]
    public void Seconds_of_Windows_go_on_after_2038()
    {
        fixed (byte* header = Bytes("00000080 00000000 00000000 00000000"))
            Assert.Equal(1L << 31, PacketHeader.ReadWindows(header).Seconds);
    }

    private static PacketHeader OnUnix(string hex)
    {
        fixed (byte* header = Bytes(hex))
            return PacketHeader.ReadUnix(header);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
