using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Modbus;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Modbus;

public sealed class ModbusMessageTests
{
    private const string Request = "0001 0000 0006 01 03 0000 0002";
    private const string Reply = "0001 0000 0007 01 03 04 0001 0002";

    [Theory]
    [InlineData(Reply, true)]
    [InlineData("0001 0000 0003 01 83 02", true)]
    [InlineData("0002 0000 0007 01 03 04 0001 0002", false)]
    [InlineData("0001 0000 0007 02 03 04 0001 0002", false)]
    [InlineData("0001 0000 0007 01 04 04 0001 0002", false)]
    [InlineData("0001 0000 0003 01 84 02", false)]
    [InlineData(Request, false)]
    public void A_reply_has_transaction_unit_and_function_of_its_request(string reply, bool isAnswer)
    {
        Assert.True(ModbusMessage.TryParse(Hex.Bytes(Request), out var request, out _));
        Assert.True(ModbusMessage.TryParse(Hex.Bytes(reply), out var other, out _));

        Assert.Equal(isAnswer, request.IsAnsweredBy(other));
    }

    [Theory]
    [InlineData("0001 0001", ParseError.BadVersion)]
    [InlineData("0001 0000 0100", ParseError.BadLength)]
    [InlineData("0001 0000 0001", ParseError.BadLength)]
    [InlineData("0001 0000 00FF", ParseError.BadLength)]
    public void Other_bytes_are_refused(string bytes, object expected) =>
        ViewContract.Refuses(bytes, (ParseError)expected, Read);

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Request, Hex.Bytes(Request).Length, Read);
        ViewContract.Holds(Reply, Hex.Bytes(Reply).Length, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (ModbusMessage.TryParse(bytes, out var view, out var error))
            _ = (view.TotalLength, view.Form, view.IsAnsweredBy(view));
        return error;
    }
}
