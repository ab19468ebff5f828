using FsCheck;
using FsCheck.Fluent;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Flows;

public sealed class ByteTimeTableTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000 * Millisecond;

    [Fact]
    public void Two_packets_far_apart_are_two_sums()
    {
        var table = TableOf((0, 102), (10 * Second, 204));

        Assert.Equal([new ByteSum(0, 102), new ByteSum(10_000, 102)], table.Of(0)!.Sums.AsEnumerable());
        Assert.Equal(0, table.Of(0)!.Level);
    }

    [Fact]
    public void A_late_packet_counts_where_it_passed()
    {
        var table = TableOf((0, 1), (9 * Millisecond, 3), (4 * Millisecond, 7));

        Assert.Equal([new ByteSum(0, 1), new ByteSum(4, 4), new ByteSum(9, 2)], table.Of(0)!.Sums.AsEnumerable());
    }

    [Fact]
    public void A_long_flow_has_wider_buckets()
    {
        var table = TableOf([.. Enumerable.Range(0, 1_000).Select(i => (i * Second, (i + 1) * 10L))]);
        var times = table.Of(0)!;

        Assert.Equal(10 * Second, TimeGrid.WidthNs(times.Level));
        Assert.Equal(100, times.Sums.Length);
        Assert.All(times.Sums, sum => Assert.Equal(100, sum.Bytes));
    }

    [Fact]
    public void A_full_table_makes_the_buckets_of_all_flows_wider()
    {
        var table = new ByteTimeTable(maximumBuckets: 8);
        for (var packet = 0; packet < 10; packet++)
        {
            for (var slot = 0; slot < 3; slot++)
                table.Note(slot, packet * 3 * Millisecond, (packet + 1) * 5);
        }

        Assert.True(table.Level > 0);
        for (var slot = 0; slot < 3; slot++)
        {
            Assert.True(table.Of(slot)!.Level >= table.Level);
            Assert.Equal(50, table.Of(slot)!.Sums.Sum(sum => sum.Bytes));
        }
    }

    [Fact]
    public void A_flow_without_room_is_not_noted_and_takes_it_when_another_ends()
    {
        var table = new ByteTimeTable(maximumBuckets: 1);
        table.Note(0, 0, 10);
        table.Note(1, 0, 20);
        Assert.Null(table.Of(1));

        table.Release(0);
        table.Note(1, Second, 30);

        Assert.Null(table.Of(0));
        Assert.Equal(30, Assert.Single(table.Of(1)!.Sums).Bytes);
    }

    [Fact]
    public void A_slot_that_is_taken_again_begins_anew()
    {
        var table = TableOf((0, 1), (Second, 2));
        table.Release(0);
        Assert.Null(table.Of(0));

        table.Note(0, 2 * Second, 7);

        Assert.Equal([new ByteSum(2_000, 7)], table.Of(0)!.Sums.AsEnumerable());
    }

    [Fact]
    public void Sums_are_those_of_the_packets_at_any_limit() => Prop
        .ForAll(
            Gen.Choose(0, 2_000_000).Select(i => i * 37_000L).ArrayOf(300).ToArbitrary(),
            Gen.Choose(16, 600).ToArbitrary(),
            (times, limit) =>
            {
                var table = new ByteTimeTable(limit);
                var bytes = new long[4];
                for (var i = 0; i < times.Length; i++)
                    table.Note(i % 4, times[i], bytes[i % 4] += i + 1);
                return Enumerable.Range(0, 4).All(slot => table.Of(slot) is { } noted
                    && noted.Sums.SequenceEqual(times
                        .Select((time, i) => (Time: time, Index: i))
                        .Where(packet => packet.Index % 4 == slot)
                        .GroupBy(packet => TimeGrid.BucketOf(packet.Time, noted.Level), packet => packet.Index + 1L)
                        .OrderBy(group => group.Key)
                        .Select(group => new ByteSum(group.Key, group.Sum()))));
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_halves_have_the_wider_buckets_of_both()
    {
        var both = ByteTimes.Of(
            new ByteTimes(0, [new ByteSum(1_000, 1), new ByteSum(1_001, 2)]),
            new ByteTimes(6, [new ByteSum(0, 4), new ByteSum(1, 8)]))!;

        Assert.Equal(6, both.Level);
        Assert.Equal([new ByteSum(0, 4), new ByteSum(1, 11)], both.Sums.AsEnumerable());
        Assert.Null(ByteTimes.Of(both, null));
    }

    /// <summary>tshark's frames, added up by time, against the flows' buckets.</summary>
    [NeedsFact(Part.Tshark)]
    public void Bytes_pass_when_tshark_says_so()
    {
        foreach (var capture in new[]
        {
            "lync-edge/firewall-inside.pcapng", "lync-edge/firewall-outside.pcap", "media/sip.pcap",
            "administration/psexec.pcap",
        })
        {
            var path = Path.Combine(Repository.Root, "captures", capture);
            var flows = new List<FlowRecord>();
            using var captures = CaptureSet.Open([path], () => Stream.Null);
            TrafficObserver.Observe(captures, new ObserverOptions { TimeBytes = true }, flows.Add, null,
                CancellationToken.None);
            Assert.All(flows, flow =>
                Assert.Equal(flow.Out.Bytes + flow.In.Bytes, flow.ByteTimes!.Sums.Sum(sum => sum.Bytes)));
            var level = flows.Max(flow => flow.ByteTimes!.Level);
            var ours = flows
                .SelectMany(flow => flow.ByteTimes!.Sums.Select(sum =>
                    (Bucket: TimeGrid.Coarser(sum.Bucket, flow.ByteTimes.Level, level), sum.Bytes)))
                .GroupBy(sum => sum.Bucket, sum => sum.Bytes)
                .ToDictionary(group => group.Key, group => group.Sum());
            var theirs = Tshark.Fields(path, "ip || ipv6", "frame.time_epoch", "frame.len")
                .GroupBy(row => TimeGrid.BucketOf(Nanoseconds(row[0]), level), row => Number(row[1]))
                .ToDictionary(group => group.Key, group => group.Sum());

            Assert.True(theirs.Count > 10, capture);
            Assert.Equal(theirs.OrderBy(sum => sum.Key), ours.OrderBy(sum => sum.Key));
        }
    }

    private static long Nanoseconds(string seconds) =>
        (long)(decimal.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * Second);

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static ByteTimeTable TableOf(params (long Ns, long Bytes)[] packets)
    {
        var table = new ByteTimeTable();
        foreach (var (ns, bytes) in packets)
            table.Note(0, ns, bytes);
        return table;
    }
}
