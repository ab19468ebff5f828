using PortAudit.Tests.Announcements;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Smb;

/// <summary>RPC in pipes of SMB is read within a NetBIOS session (RFC 1002 §4.3) as it is on 445.</summary>
public sealed class NetBiosSessionTests
{
    private const ushort Direct = 445;
    private const ushort Session = 139;

    private static readonly byte[] Request = Convert.FromHexString("81000044"
        + string.Concat(Enumerable.Repeat("20" + string.Concat(Enumerable.Repeat("4341", 16)) + "00", 2)));

    public static TheoryData<string> Conversations => [.. AnnouncementVector.All
        .Where(vector => vector.Protocol is "smb" or "smb2" && !vector.Messages.Any(message => message.IsAfterGap))
        .Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Conversations))]
    public void What_is_carried_is_the_same_behind_the_set_up_of_a_session(string name)
    {
        var direct = Observe(name, Direct, [], []);
        var session = Observe(name, Session, Request, [0x82, 0, 0, 0]);

        Assert.Equal(direct.Text, session.Text);
        Assert.Equal("nbss", session.Flow.StartedAs);
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public void What_is_carried_is_the_same_without_a_set_up(string name) =>
        Assert.Equal(Observe(name, Direct, [], []).Text, Observe(name, Session, [], []).Text);

    [Theory]
    [MemberData(nameof(Conversations))]
    public void What_is_carried_is_the_same_when_the_set_up_was_not_captured(string name) => Assert.Equal(
        Observe(name, Direct, [], [], isWhole: false).Text, Observe(name, Session, [], [], isWhole: false).Text);

    private static (FlowRecord Flow, string Text) Observe(string name, ushort port, byte[] request, byte[] response,
        bool isWhole = true)
    {
        var vector = AnnouncementVector.All.Single(vector => vector.Name == name);
        var (client, server) = (vector.Originator.Address.ToString(), vector.Responder.Address.ToString());
        var traffic = new ObservedTraffic();
        var (sent, received, time) = (100u, 500u, 1.0);
        if (isWhole)
        {
            traffic = traffic.At(0, Tcp(client, 40000, server, port, TcpFlags.Syn, sent++))
                .At(0.1, Tcp(server, port, client, 40000, TcpFlags.Syn | TcpFlags.Ack, received++, sent));
        }

        (bool ByOriginator, byte[] Bytes)[] setUp = request.Length == 0 ? [] : [(true, request), (false, response)];
        foreach (var (byOriginator, bytes) in setUp.Concat(
            vector.Messages.Select(message => (message.ByOriginator, message.Bytes))))
        {
            traffic = traffic.At(time++, byOriginator
                ? Tcp(client, 40000, server, port, TcpFlags.Ack, sent, received, bytes)
                : Tcp(server, port, client, 40000, TcpFlags.Ack, received, sent, bytes));
            (sent, received) = byOriginator
                ? (sent + (uint)bytes.Length, received)
                : (sent, received + (uint)bytes.Length);
        }

        var flow = traffic.Flow();
        var uses = flow.Carried.Select(use => $"{use.Kind} {use.Name} {use.Operation}");
        var told = traffic.Announced.Select(use => $"{use.Announcement.Server} {use.Announcement.Service}");
        return (flow, $"{flow.Protocol} {flow.Service} | {string.Join(", ", uses)} | {string.Join(", ", told)}");
    }
}
