using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class RpcInterfacesTests
{
    [Theory]
    [InlineData("e1af8308-5d1f-11c9-91a4-08002b14a0fa", "epm")]
    [InlineData("12345678-1234-abcd-ef00-01234567cffb", "netlogon")]
    [InlineData("e3514235-4b06-11d1-ab04-00c04fc2dcd2", "drsuapi")]
    [InlineData("a4f1db00-ca47-1067-b31f-00dd010662da", "mapi")]
    [InlineData("f5cc5a18-4264-101a-8c59-08002b2f8426", "nspi")]
    [InlineData("1544f5e0-613c-11d1-93df-00c04fd7bd09", "rfr")]
    [InlineData("000001a0-0000-0000-c000-000000000046", "ISystemActivator")]
    [InlineData("ccd8c074-d0e5-4a40-92b4-d074faa6ba28", "witness")]
    [InlineData("00000000-0000-0000-0000-000000000000", null)]
    [InlineData("8a885d04-1ceb-11c9-9fe8-08002b104860", null)]
    [InlineData("83afe11f-5dc9-9111-a408-002b14a0fa03", null)]
    public void An_interface_is_known_in_both_byte_orders_and_a_syntax_or_a_misprint_is_none(string uuid,
        string? expected)
    {
        var bytes = new byte[16];
        foreach (var isLittleEndian in (bool[])[true, false])
        {
            Assert.True(Guid.Parse(uuid).TryWriteBytes(bytes, !isLittleEndian, out _));
            Assert.Equal(expected, RpcInterfaces.Find(bytes, isLittleEndian));
        }

        Assert.Equal(expected, RpcInterfaces.Find(Guid.Parse(uuid)));
        if (expected is not null)
            Assert.Contains(expected, RpcInterfaces.AllNames);
    }

    [Fact]
    public void Looking_an_interface_up_allocates_nothing()
    {
        var bytes = Guid.Parse("e1af8308-5d1f-11c9-91a4-08002b14a0fa").ToByteArray();

        Assert.Equal(0, Allocation.Least(() => RpcInterfaces.Find(bytes, isLittleEndian: true)));
    }

    [Fact]
    public void Only_the_conversation_manager_asks_callers_back()
    {
        Assert.True(RpcInterfaces.IsConversation(Guid.Parse("333a2276-0000-0000-0d00-00809c000000").ToByteArray(),
            isLittleEndian: true));
        Assert.False(RpcInterfaces.IsConversation(new byte[16], isLittleEndian: true));
    }
}
