using PortAudit.Reports.Flows;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class FlowRecordPoolTests
{
    private static readonly FlowFacts One = new() { CapturePoint = "inside", History = "ShAD", Id = 1, Protocol = "tls" };
    private static readonly FlowFacts Other = new() { CapturePoint = "", History = "D", Id = 2 };
    private static readonly RareFlowFacts Rare = new() { Duplicates = 3, Service = "ldap", Frames = [new FrameReference(0, 7)] };

    [Fact]
    public void A_record_that_is_given_back_becomes_that_of_another_flow_and_keeps_nothing()
    {
        var pool = new FlowRecordPool();
        var record = Make(pool, One);
        record.Rare = Rare;
        Assert.Equal(("inside", "ShAD", 1UL, "tls", 3L, "ldap"), (record.CapturePoint, record.History, record.Id, record.Protocol, record.Duplicates, record.Service));
        pool.Return([record]);

        var next = Make(pool, Other);

        Assert.Same(record, next);
        Assert.Equal(Make(new FlowRecordPool(), Other), next);
        Assert.Null(next.Service);
        Assert.Empty(next.Frames);
    }

    [Fact]
    public void One_that_is_not_given_back_stays_as_it_is()
    {
        var pool = new FlowRecordPool();
        var kept = Make(pool, One);

        Assert.NotSame(kept, Make(pool, Other));
        Assert.Equal(1UL, kept.Id);
    }

    [Fact]
    public void Records_that_hold_the_same_are_equal_whatever_was_set()
    {
        var record = Make(new FlowRecordPool(), Other);
        var set = record with { Service = null, Frames = [] };

        Assert.Equal(record, set);
        Assert.Equal(record.GetHashCode(), set.GetHashCode());
        Assert.NotEqual(record, record with { Service = "ldap" });
    }

    [Theory]
    [InlineData("csv", 1)]
    [InlineData("csv", 2)]
    [InlineData("jsonl", 1)]
    [InlineData("jsonl", 2)]
    [InlineData("table", 1)]
    public void A_list_is_the_same_with_records_that_are_used_again(string format, int threads)
    {
        foreach (var path in Directory.GetFiles(Repository.PathOf("captures"), "*.pcap*", SearchOption.AllDirectories))
            Assert.Equal(Listed(path, format, threads, null), Listed(path, format, threads, new FlowRecordPool()));
    }

    private static FlowRecord Make(FlowRecordPool pool, FlowFacts facts)
    {
        var record = pool.Take();
        record.Facts = facts;
        record.ForgetRare();
        return record;
    }

    private static byte[] Listed(string path, string format, int threads, FlowRecordPool? records)
    {
        using var listing = new FlowListing(FlowFormat.All.Single(row => row.Name == format), [path], records);
        using var output = new MemoryStream();
        var options = new ObserverOptions { Records = records, Threads = threads, OrderBegins = () => listing.WriteInOrder(output) };
        TrafficObserver.Observe(CaptureSet.Open([path], () => Stream.Null), options, listing.Add, null, CancellationToken.None);
        listing.Write(output, 120);
        return output.ToArray();
    }
}
