using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class IcmpMessageTests
{
    private const string Vector = "03 0D 1234 00000000 4500";

    [Fact]
    public void A_vector_reads_as_written()
    {
        Assert.True(IcmpMessage.TryParse(Hex.Bytes(Vector), out var message, out _));
        Assert.Equal((3, 13), (message.Type, message.Code));
        Assert.Equal("4500", Convert.ToHexString(message.Payload));
    }

    [Fact]
    public void Errors_are_the_messages_that_quote()
    {
        Assert.Equal([3, 4, 5, 11, 12], ErrorTypes(IpProtocol.Icmp));
        Assert.Equal([1, 2, 3, 4], ErrorTypes(IpProtocol.IcmpV6));
    }

    [Fact]
    public void It_is_a_sound_view() => ViewContract.Holds(Vector, IcmpMessage.HeaderLength, Read);

    private static List<int> ErrorTypes(IpProtocol protocol)
    {
        var types = new List<int>();
        for (var type = 0; type < 256; type++)
        {
            Assert.True(IcmpMessage.TryParse([(byte)type, 0, 0, 0, 0, 0, 0, 0], out var message, out _));
            if (message.IsError(protocol))
                types.Add(type);
        }

        return types;
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (IcmpMessage.TryParse(bytes, out var message, out var error))
            _ = message.Type + message.Code + message.Payload.Length + (message.IsError(IpProtocol.Icmp) ? 1 : 0);
        return error;
    }
}
