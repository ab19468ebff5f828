using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.WinsReplication;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.WinsReplication;

public sealed class WinsReplicationMessageTests
{
    private const string Start = "00000014 00007800 00000000 00000000 00000000 0002 0005";
    private const string AskForRecords =
        "00000028 00007800 05371fc8 00000003 00000002 ac1f09ca 00000000 0000316c 00000000 00000000 00000001";

    [Fact]
    public void Type_and_operation_are_read()
    {
        Assert.True(WinsReplicationMessage.TryParse(Hex.Bytes(Start), out var start, out _));
        Assert.True(WinsReplicationMessage.TryParse(Hex.Bytes(AskForRecords), out var ask, out _));

        Assert.Equal((WinsReplicationType.StartRequest, 20u), (start.Type, start.Length));
        Assert.Equal((WinsReplicationType.Replication, 2u), (ask.Type, ask.Operation));
    }

    [Fact]
    public void It_is_a_sound_view()
    {
        ViewContract.Holds(Start, 24, Read);
        ViewContract.Holds(AskForRecords, 20, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (WinsReplicationMessage.TryParse(bytes, out var message, out var error))
            _ = (message.Type, message.Operation, message.Length);
        return error;
    }
}
