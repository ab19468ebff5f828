using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Msmq;

namespace PortAudit.Tests.Protocols.Msmq;

public sealed class MsmqPortQuestionTests
{
    [Theory]
    [InlineData("dscomm", 1, "dscomm")]
    [InlineData("dscomm", 0, null)]
    [InlineData("dscomm", -1, null)]
    [InlineData("qmcomm", 0, "qmcomm")]
    [InlineData("qmcomm", 1, "qm2qm")]
    [InlineData("qmcomm", 2, null)]
    [InlineData("qm2qm", 0, "qmcomm")]
    [InlineData("qm2qm", 3, null)]
    [InlineData("qm2qm", -1, null)]
    [InlineData("RemoteRead", -1, "RemoteRead")]
    public void A_question_asks_for_the_port_of_an_interface_over_tcp(string asked, int argument, string? expected)
    {
        Guid[] interfaces = [MsmqPortQuestion.DirectoryService, MsmqPortQuestion.QueueManager,
            MsmqPortQuestion.QueueManagers, MsmqPortQuestion.RemoteRead];
        var uuid = interfaces.Single(uuid => RpcInterfaces.Find(uuid) == asked);

        var told = MsmqPortQuestion.InterfaceOf(uuid, argument < 0 ? null : (uint)argument);

        Assert.Equal(expected, told is { } found ? RpcInterfaces.Find(found) : null);
    }
}
