using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Announcements;

public sealed class DynamicPortTrackerTests
{
    private const int Rounds = 300;

    public static TheoryData<string> Vectors => [.. AnnouncementVector.All.Select(vector => vector.Name)];

    public static TheoryData<string> Streams => [.. AnnouncementVector.All
        .Where(vector => vector.Transport == IpProtocol.Tcp && !vector.Messages.Any(message => message.IsAfterGap))
        .Select(vector => vector.Name)];

    public static TheoryData<string> Protocols =>
        [.. ProtocolRegistry.Rows.Where(row => row.Tracker is not null).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Every_tracker_has_vectors(string protocol) =>
        Assert.Contains(AnnouncementVector.All, vector => vector.Protocol == protocol);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_conversation_announces_what_its_vector_says(string name)
    {
        var vector = Find(name);

        Assert.Equal(vector.Told, string.Join(", ", TrackerRun.Of(vector, vector.Messages).Told));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_tracker_that_was_cleared_is_as_new(string name)
    {
        var vector = Find(name);
        var tracker = TrackerOf(vector);
        TrackerRun.Of(vector, vector.Messages, tracker);
        tracker.Clear();

        Assert.Equal(vector.Told, string.Join(", ", TrackerRun.Of(vector, vector.Messages, tracker).Told));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_announces_the_same_byte_by_byte(string name)
    {
        var vector = Find(name);
        var bytes = vector.Messages.SelectMany(message =>
            message.Bytes.Select(one => (message.ByOriginator, false, new[] { one })));

        Assert.Equal(vector.Told, string.Join(", ", TrackerRun.Of(vector, bytes).Told));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void No_cut_and_no_changed_byte_breaks_a_tracker(string name)
    {
        var vector = Find(name);
        var random = new Random(20260811);
        for (var message = 0; message < vector.Messages.Count; message++)
        {
            for (var length = 0; length < vector.Messages[message].Bytes.Length; length++)
                AssertSound(TrackerRun.Of(vector, vector.Messages.Select((each, i) =>
                    i == message ? each with { Bytes = each.Bytes[..length] } : each)));
        }

        for (var round = 0; round < Rounds; round++)
            AssertSound(TrackerRun.Of(vector,
                vector.Messages.Select(message => message with { Bytes = Changed(message.Bytes, random) })));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Random_bytes_break_no_tracker(string protocol)
    {
        var random = new Random(20260812);
        foreach (var vector in AnnouncementVector.All.Where(vector => vector.Protocol == protocol))
        {
            for (var round = 0; round < Rounds; round++)
                AssertSound(TrackerRun.Of(vector,
                    vector.Messages.Select(message => message with { Bytes = Noise(random) })));
        }
    }

    private static AnnouncementVector Find(string name) => AnnouncementVector.All.Single(vector => vector.Name == name);

    private static IDynamicPortTracker TrackerOf(AnnouncementVector vector) =>
        ProtocolRegistry.Find(vector.Protocol)!.Tracker!();

    private static void AssertSound(TrackerRun run) => Assert.All(run.Drafts, draft =>
    {
        Assert.True(draft.Server.Port != 0 || !draft.Transport.HasPorts);
        Assert.False(draft.Server.Address.IsUnspecified);
        Assert.True(draft.Protocol is null || ProtocolRegistry.Find(draft.Protocol) is not null, draft.Protocol);
        Assert.True(draft.LifetimeNs is null or > 0);
    });

    private static byte[] Changed(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        for (var count = random.Next(1, 4); count > 0 && changed.Length > 0; count--)
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
        return changed;
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 400)];
        random.NextBytes(noise);
        return noise;
    }
}
