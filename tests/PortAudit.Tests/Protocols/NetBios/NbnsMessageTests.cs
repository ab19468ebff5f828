using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.NetBios;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.NetBios;

public sealed class NbnsMessageTests
{
    private const string Name = "20 4648455046434c4548464345504646464143414341434143414341434143414c 00";
    private const string Registration =
        "914f 2910 0001 0000 0000 0001" + Name + "0020 0001 c00c 0020 0001 000493e0 0006 6000 0a000001";

    [Fact]
    public void The_operation_and_the_side_are_read()
    {
        Assert.True(NbnsMessage.TryParse(Hex.Bytes(Registration), out var request, out _));
        Assert.True(NbnsMessage.TryParse(Hex.Bytes("914f ad80 0000 0001 0000 0000" + Name + "0020 0001"),
            out var answer, out _));

        Assert.Equal((5, false, 5, true), (request.Opcode, request.IsResponse, answer.Opcode, answer.IsResponse));
    }

    [Theory]
    [InlineData("9", 4, true)]
    [InlineData("9", 5, false)]
    public void A_name_with_a_few_damaged_letters_is_still_one(string letter, int damaged, bool isName)
    {
        var bytes = Hex.Bytes(Registration);
        bytes.AsSpan(20, damaged).Fill((byte)letter[0]);

        Assert.Equal(isName, NbnsMessage.TryParse(bytes, out _, out _));
    }

    [Theory]
    [InlineData(2, 0x19)]
    [InlineData(12, 0x1F)]
    [InlineData(47, 0x01)]
    [InlineData(49, 0x03)]
    public void Values_beyond_the_standard_are_refused(int offset, byte value) =>
        ViewContract.Refuses(Registration, offset, value, ParseError.BadValue, Read);

    [Fact]
    public void It_is_a_sound_view() =>
        ViewContract.Holds(Registration, NbnsMessage.HeaderLength + NetBiosName.LengthWithoutScope + 4, Read);

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (NbnsMessage.TryParse(bytes, out var message, out var error))
            _ = (message.IsResponse, message.Opcode);
        return error;
    }
}
