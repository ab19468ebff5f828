using PortAudit.Tests.Announcements;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class DceRpcPortTrackerTests
{
    private const string SamrBind = "05000b03100000004800000001000000d016d01600000000010000000000010078573412341 "
        + "2cdabef000123456789ac01000000045d888aeb1cc9119fe808002b10486002000000";
    private const string SamrRequest = "0500000310000000 1c000000 02000000 04000000 0000 0100 00000000";

    public static TheoryData<string> Maps => ["dcerpc-map-ndr", "dcerpc-map-ndr64", "dcerpc-lookup",
        "dcerpc-lookup-ndr64", "dcerpc-dcom-create-instance", "dcerpc-dcom-resolve-oxid", "dcerpc-push-ipv4"];

    [Theory]
    [MemberData(nameof(Maps))]
    public void No_changed_byte_breaks_it_or_makes_it_tell_port_0_or_a_foreign_host(string name)
    {
        var vector = AnnouncementVector.All.Single(vector => vector.Name == name);
        for (var message = 0; message < vector.Messages.Count; message++)
        {
            for (var at = 0; at < vector.Messages[message].Bytes.Length; at++)
            {
                foreach (byte change in new byte[] { 0x01, 0x02, 0x04, 0x10, 0x40, 0x80, 0xFF })
                    AssertSound(vector, message, at, (byte)(vector.Messages[message].Bytes[at] ^ change));
                AssertSound(vector, message, at, 0);
                AssertSound(vector, message, at, 0xFF);
            }
        }
    }

    [Fact]
    public void On_a_pipe_the_mapper_is_read_and_what_is_bound_listens_on_no_port()
    {
        var vector = AnnouncementVector.All.Single(vector => vector.Name == "dcerpc-bind-of-the-mapper-elsewhere");
        var told = TrackerRun.Of(vector, vector.Messages, new DceRpcPortTracker(overPipe: true)).Told;

        Assert.Equal(["*10.0.0.2:49667 tcp for 10.0.0.1 dcerpc netlogon",
            "*10.0.0.2:49674 tcp for 10.0.0.1 dcerpc netlogon"], told);
    }

    [Fact]
    public void A_connection_met_within_a_message_is_named_by_what_its_server_accepts_after_it()
    {
        var vector = AnnouncementVector.All.Single(vector =>
            vector.Name == "dcerpc-further-leg-of-a-bind-that-was-not-seen");
        var (answer, leg) = (vector.Messages[0].Bytes, vector.Messages[1].Bytes);
        byte[] inside = [.. Enumerable.Range(0, 375).Select(i => (byte)((i * 7) | 0x80))];
        var flow = new ObservedTraffic()
            .At(1, Tcp("10.0.0.1", 50000, "10.0.0.2", 49667, TcpFlags.Ack, 1_000, 9_000, inside))
            .At(2, Tcp("10.0.0.2", 49667, "10.0.0.1", 50000, TcpFlags.Ack, 9_000, 1_375, answer))
            .At(3, Tcp("10.0.0.1", 50000, "10.0.0.2", 49667, TcpFlags.Ack, 1_375, 9_060, leg))
            .Flow();

        Assert.Equal(("dcerpc", "drsuapi", IdentificationBasis.Payload),
            (flow.Protocol, flow.Service, flow.ServiceBasis));
        Assert.Equal(AnnouncementGrade.OnPortItself, flow.Announcement?.Grade);
    }

    [Fact]
    public void An_interface_is_told_by_name_and_uuid()
    {
        var vector = AnnouncementVector.All.Single(vector => vector.Name == "dcerpc-map-ndr");

        Assert.All(TrackerRun.Of(vector, vector.Messages).Drafts, draft =>
            Assert.Equal(("drsuapi", "e3514235-4b06-11d1-ab04-00c04fc2dcd2"), (draft.Service, draft.ServiceId)));
    }

    [Fact]
    public void What_announces_nothing_is_passed_over_before_it_is_there()
    {
        var tracker = new DceRpcPortTracker();
        var notes = new AnnouncementNotes();
        Read(tracker, notes, SamrBind);

        // The header of a fragment of 0x4000 bytes, and of a bind of as many.
        Assert.Equal(0x4000, Read(tracker, notes, "0500000310000000 0040 0000 02000000 04000000 0000 0100"));
        Assert.Equal(0, Read(tracker, notes, "05000b0310000000 0040 0000 02000000 04000000 0000 0100"));
    }

    [Fact]
    public void A_message_that_no_window_holds_is_missed()
    {
        var tracker = new DceRpcPortTracker();
        var notes = new AnnouncementNotes();

        Assert.Equal(0xFFF0, Read(tracker, notes, "05000b0310000000 f0ff 0000 02000000 04000000 0000 0100"));
        Assert.Equal(1, notes.NotTaken);
    }

    [Fact]
    public void Calls_that_announce_nothing_allocate_nothing()
    {
        var tracker = new DceRpcPortTracker();
        var notes = new AnnouncementNotes();
        Read(tracker, notes, SamrBind);
        var request = Hex.Bytes(SamrRequest);

        Assert.Equal(0, Allocation.Least(() => Read(tracker, notes, request)));
    }

    [Fact]
    public void Any_number_of_calls_and_contexts_are_followed_within_bounds()
    {
        var tracker = new DceRpcPortTracker();
        var notes = new AnnouncementNotes();
        var map = AnnouncementVector.All.Single(vector => vector.Name == "dcerpc-map-ndr").Messages;
        for (var i = 0; i < 10_000; i++)
        {
            Read(tracker, notes, map[0].Bytes);
            Read(tracker, notes, map[2].Bytes);
        }

        tracker.Clear();
        Assert.Equal(0, notes.NotTaken);
    }

    private static void AssertSound(AnnouncementVector vector, int message, int at, byte value)
    {
        var bytes = vector.Messages[message].Bytes.ToArray();
        bytes[at] = value;
        var run = TrackerRun.Of(vector,
            vector.Messages.Select((each, i) => i == message ? each with { Bytes = bytes } : each));
        Assert.All(run.Drafts, draft =>
        {
            Assert.NotEqual(0, draft.Server.Port);
            Assert.True(draft.Server.Address == vector.Responder.Address
                || draft.Service is "dcom" or "exchange-push-notification", draft.Server.ToString());
        });
    }

    private static int Read(DceRpcPortTracker tracker, AnnouncementNotes notes, string hex) =>
        Read(tracker, notes, Hex.Bytes(hex));

    private static int Read(DceRpcPortTracker tracker, AnnouncementNotes notes, byte[] bytes)
    {
        var (client, server) = (new Endpoint(IpAddress.FromIpv4(0x0A000001), 50_000),
            new Endpoint(IpAddress.FromIpv4(0x0A000002), 49_667));
        return tracker.Read(new ControlMessage(IpProtocol.Tcp, client, server, byOriginator: true, bytes), notes);
    }
}
