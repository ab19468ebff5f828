using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Stun;

public sealed class TurnFrameTests
{
    private const string Message = "000300002112a442010101010101010101010101";
    private const string MicrosoftMessage = "020000150003000100000000000000000000000000000000ff";

    [Theory]
    [InlineData(false, Message + "ff", 20, 20)]
    [InlineData(false, "40000005 0102030405", 12, 0)] // padded to whole words
    [InlineData(false, "000120002112a442010101010101010101010101", 8212, 0)] // too long to be read
    [InlineData(true, MicrosoftMessage, 25, 21)]
    [InlineData(true, "03000100 80", 260, 0)]
    public void A_piece_has_its_length_and_its_message(bool isMicrosoft, string bytes, int length, int message)
    {
        Assert.True(TurnFrame.TryParse(Hex.Bytes(bytes), isMicrosoft, out var frame, out _));

        Assert.Equal((length, message), (frame.Length, frame.Message.Length));
    }

    [Theory]
    [InlineData(false, "", ParseError.Incomplete)]
    [InlineData(false, "400000", ParseError.Incomplete)]
    [InlineData(false, "00030008 2112a442 010101010101010101010101 0011", ParseError.Incomplete)]
    [InlineData(false, "00030000 11111111 010101010101010101010101", ParseError.BadValue)] // no cookie
    [InlineData(false, "80000000", ParseError.BadValue)]
    [InlineData(true, "02", ParseError.Incomplete)]
    [InlineData(true, "0200", ParseError.Incomplete)]
    [InlineData(true, "02000014 0003", ParseError.Incomplete)]
    [InlineData(true, "0201", ParseError.BadValue)]
    [InlineData(true, "160301", ParseError.Incomplete)]
    [InlineData(true, "160303", ParseError.BadValue)]
    public void Other_bytes_are_refused(bool isMicrosoft, string bytes, ParseError expected)
    {
        Assert.False(TurnFrame.TryParse(Hex.Bytes(bytes), isMicrosoft, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Plain_pieces_are_sound_views() =>
        ViewContract.Holds(Message, StunMessage.HeaderLength, bytes => Read(bytes, isMicrosoft: false));

    [Fact]
    public void Frames_of_Microsoft_are_sound_views() =>
        ViewContract.Holds(MicrosoftMessage, MicrosoftMessage.Length / 2, bytes => Read(bytes, isMicrosoft: true));

    private static ParseError Read(ReadOnlySpan<byte> bytes, bool isMicrosoft)
    {
        if (TurnFrame.TryParse(bytes, isMicrosoft, out var frame, out var error))
            _ = (frame.Length, frame.Message.Length);
        return error;
    }
}
