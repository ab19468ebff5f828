using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Dnp3;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Dnp3;

public sealed class Dnp3FrameTests
{
    private const string LinkStatus = "0564 05 C9 0300 0400 BD71";

    [Theory]
    [InlineData(LinkStatus, true)]
    [InlineData("0564 05 0B 0400 0300 7437", false)]
    public void The_direction_says_who_sent_it(string bytes, bool isFromMaster)
    {
        Assert.True(Dnp3Frame.TryParse(Hex.Bytes(bytes), out var frame, out _));

        Assert.Equal(isFromMaster, frame.IsFromMaster);
    }

    [Theory]
    [InlineData("0565", ParseError.BadValue)]
    [InlineData("0564 04", ParseError.BadLength)]
    [InlineData("0564 05 C9 0300 0400 BD72", ParseError.BadValue)]
    [InlineData("0564 05 C9 0300 0500 BD71", ParseError.BadValue)]
    public void Other_bytes_are_refused(string bytes, object expected) =>
        ViewContract.Refuses(bytes, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(LinkStatus, Dnp3Frame.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (Dnp3Frame.TryParse(bytes, out var view, out var error))
            _ = (view.IsFromMaster);
        return error;
    }
}
