using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Records;

public sealed class HopCountTests
{
    [Theory]
    [InlineData(64, 0)]
    [InlineData(61, 3)]
    [InlineData(34, 30)]
    [InlineData(128, 0)]
    [InlineData(98, 30)]
    [InlineData(255, 0)]
    [InlineData(225, 30)]
    [InlineData(1, HopCount.Unknown)] // for a neighbour only, as BGP sends it
    [InlineData(33, HopCount.Unknown)]
    [InlineData(65, HopCount.Unknown)]
    [InlineData(200, HopCount.Unknown)]
    public void Routers_are_what_lacks_to_the_next_usual_beginning(byte hopLimit, int routers) =>
        Assert.Equal(routers, HopCount.Of(hopLimit));

    [Theory]
    [InlineData(64, 63, true)]
    [InlineData(255, 61, true)]
    [InlineData(61, 64, false)]
    [InlineData(64, 64, false)]
    [InlineData(64, 255, false)] // as far away, by another stack
    [InlineData(64, 1, false)]
    [InlineData(200, 61, false)]
    public void Nearer_is_only_what_is_certain(byte hopLimit, byte than, bool isNearer) =>
        Assert.Equal(isNearer, HopCount.IsNearer(hopLimit, than));
}
