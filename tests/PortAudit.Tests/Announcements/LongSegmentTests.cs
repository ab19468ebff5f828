using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Announcements;

public sealed class LongSegmentTests
{
    [Fact]
    public void What_stands_at_the_end_of_a_segment_longer_than_the_window_is_read()
    {
        var replies = "220 ready\r\n" + string.Concat(Enumerable.Repeat("250-a line of help\r\n", 2000))
            + "227 Entering Passive Mode (10,0,0,2,195,80).\r\n";
        var traffic = new ObservedTraffic()
            .At(0.0, FrameBuilder.Tcp("10.0.0.1", 40_000, "10.0.0.2", 21, TcpFlags.Syn, 1000))
            .At(0.1, FrameBuilder.Tcp("10.0.0.2", 21, "10.0.0.1", 40_000, TcpFlags.Syn | TcpFlags.Ack, 5000, 1001))
            .At(0.2, FrameBuilder.Tcp("10.0.0.2", 21, "10.0.0.1", 40_000, TcpFlags.Ack, 5001, 1001,
                Encoding.ASCII.GetBytes(replies[..11])))
            .At(0.3, FrameBuilder.Tcp("10.0.0.1", 40_000, "10.0.0.2", 21, TcpFlags.Ack, 1001, 5012,
                "HELP\r\nPASV\r\n"u8.ToArray()))
            .At(0.4, FrameBuilder.Tcp("10.0.0.2", 21, "10.0.0.1", 40_000, TcpFlags.Ack, 5012, 1013,
                Encoding.ASCII.GetBytes(replies[11..])))
            .At(0.5, FrameBuilder.Tcp("10.0.0.1", 41_000, "10.0.0.2", 50_000, TcpFlags.Syn, 1))
            .At(0.6, FrameBuilder.Tcp("10.0.0.2", 50_000, "10.0.0.1", 41_000, TcpFlags.Syn | TcpFlags.Ack, 1, 2));

        Assert.Equal(5, traffic.Flows()
            .Single(flow => flow.Responder.Port == 50_000).Announcement?.Announcement.Frame.Number);
    }
}
