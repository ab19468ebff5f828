using PortAudit.Traffic.Records;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

public sealed class NselTests
{
    private static readonly byte[] Events = Set(0, Template(263, (148, 4), (8, 4), (7, 2), (12, 4), (11, 2), (4, 1),
        (233, 1), (33002, 2), (323, 8), (231, 4), (232, 4), (33000, 12)));

    [Theory]
    [InlineData(6, 100, 200, Outcome.Established)]
    [InlineData(6, 100, 0, Outcome.Established)]
    [InlineData(6, 0, 0, Outcome.Undecided)]
    [InlineData(17, 100, 200, Outcome.Established)]
    [InlineData(17, 100, 0, Outcome.Unanswered)]
    public void A_connection_is_its_creation_and_its_teardown(int protocol, int sent, int received, Outcome expected)
    {
        var flow = One(Version9(0, Events, Set(263, Event(1, 0, protocol, 0, 0, 0), Event(2, 2001, protocol, sent,
            received, 5_000))));

        Assert.Equal((LogSource.Nsel, expected), (flow.Log!.Source, flow.Outcome));
        Assert.Equal((sent, received), (flow.Out.PayloadBytes, flow.In.PayloadBytes));
        Assert.Equal(5_000_000_000, flow.EndNs - flow.StartNs);
        Assert.Equal(protocol == 6 ? DirectionBasis.Syn : DirectionBasis.Port, flow.DirectionBasis);
    }

    [Fact]
    public void A_connection_that_was_only_created_is_undecided()
    {
        var flow = One(Version9(0, Events, Set(263, Event(1, 0, 6, 0, 0, 0))));

        Assert.Equal(Outcome.Undecided, flow.Outcome);
    }

    [Fact]
    public void Updates_add_up()
    {
        var flow = One(Version9(0, Events, Set(263, Event(1, 0, 6, 0, 0, 0), Event(5, 0, 6, 10, 20, 1),
            Event(2, 2001, 6, 30, 40, 2))));

        Assert.Equal((40, 60), (flow.Out.Bytes, flow.In.Bytes));
    }

    [Theory]
    [InlineData(1001, "denied by the firewall's ingress access list 0x00000001, entry 0x00000002")]
    [InlineData(1003, "denied by the firewall: the connection was to its own interface")]
    [InlineData(1004, "denied by the firewall: the first packet was no SYN")]
    public void A_denial_was_stopped_by_the_firewall(int code, string how)
    {
        var flow = One(Version9(0, Events, Set(263, Event(3, code, 6, 0, 0, 0))));

        Assert.Equal((Outcome.Rejected, Reach.Stopped, how), (flow.Outcome, flow.Reach, flow.StoppedHow));
        Assert.Null(flow.StoppedBy);
    }

    private static byte[] Event(int kind, int code, int protocol, int sent, int received, long atMs) =>
    [
        .. Word(77), 192, 0, 2, 1, .. Short(50000), 192, 0, 2, 2, .. Short(53), (byte)protocol, (byte)kind,
        .. Short(code), .. Long(1_600_000_000_000 + atMs), .. Word(sent), .. Word(received), .. Word(1), .. Word(2),
        .. Word(3),
    ];
}
