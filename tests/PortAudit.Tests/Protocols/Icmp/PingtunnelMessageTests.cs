using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Icmp;

namespace PortAudit.Tests.Protocols.Icmp;

public sealed class PingtunnelMessageTests
{
    private const string Vector = "0A03 616263 1001 1A02 6162 2203 010203 2810 30DAFA06 38B102";

    /// <summary>Length of <see cref="Vector"/> up to and with its mark, in bytes.</summary>
    private const int MarkEnd = 22;

    [Fact]
    public void It_is_known_by_its_mark_and_not_before()
    {
        var bytes = Hex.Bytes(Vector);
        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal((length, length >= MarkEnd), (length, PingtunnelMessage.Is(bytes.AsSpan(..length))));
    }

    [Theory]
    [InlineData("30DAFA06", true)]
    [InlineData("1001 30DAFA06", true)]
    [InlineData("30DAFA07", false)]
    [InlineData("1001 1001 30DAFA06", false)]
    [InlineData("1A02 6162 1001 30DAFA06", false)]
    [InlineData("0A FFFFFF7F 30DAFA06", false)]
    [InlineData("0900000000 30DAFA06", false)]
    [InlineData("00 30DAFA06", false)]
    public void Fields_may_be_missing_but_not_out_of_order_or_of_another_kind(string bytes, bool expected) =>
        Assert.Equal(expected, PingtunnelMessage.Is(Hex.Bytes(bytes)));

    [Fact]
    public void Changed_bytes_never_throw()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Hex.Bytes(Vector);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            PingtunnelMessage.Is(bytes.AsSpan(..random.Next(bytes.Length + 1)));
        }
    }
}
