using PortAudit.Reports.Flows;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class FlowRecordPoolTests
{
    private static readonly FlowFacts One = new() { CapturePoint = "inside", History = "ShAD", Id = 1, Protocol = "tls", Duplicates = 3, Frames = [new FrameReference(0, 7)] };
    private static readonly FlowFacts Other = new() { CapturePoint = "", History = "D", Id = 2, Frames = [] };

    [Fact]
    public void A_record_that_is_given_back_becomes_that_of_another_flow_and_keeps_nothing()
    {
        var pool = new FlowRecordPool();
        var record = Make(pool, One);
        Assert.Equal(("inside", "ShAD", 1UL, "tls", 3L), (record.CapturePoint, record.History, record.Id, record.Protocol, record.Duplicates));
        pool.Return([record]);

        var next = Make(pool, Other);

        Assert.Same(record, next);
        Assert.Equal(Make(new FlowRecordPool(), Other), next);
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
