using PortAudit.Store;
using PortAudit.Store.ClickHouse;
using PortAudit.Store.Contract;
using PortAudit.Tests.Audit.State;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Store;

/// <summary>Stores in ClickHouse: addresses, and servers that fail.</summary>
public sealed class ClickHouseStoreTests
{
    [Theory]
    [InlineData("clickhouse://h:8123/flows", "http://h:8123/", "default", "flows", null)]
    [InlineData("clickhouse://me@h:8123,i:8124/flows?cluster=two&tls=true", "https://h:8123/ https://i:8124/", "me",
        "flows", "two")]
    [InlineData("clickhouse://[::1]:8123/flows", "http://[::1]:8123/", "default", "flows", null)]
    public void An_address_names_servers_user_database_and_cluster(string text, string servers, string user,
        string database, string? cluster)
    {
        var address = ClickHouseAddress.Parse(text);

        Assert.Equal((servers, user, database, cluster),
            (string.Join(' ', address.Servers), address.User, address.Database, address.Cluster));
    }

    [Theory]
    [InlineData("clickhouse://")]
    [InlineData("clickhouse://h/flows")]
    [InlineData("clickhouse://h:8123/")]
    [InlineData("clickhouse://h:8123/flows'x")]
    [InlineData("clickhouse://h:8123/flows?shards=2")]
    [InlineData("clickhouse://h:8123/flows?tls=maybe")]
    [InlineData("clickhouse://h:8123/flows?password-file=/nowhere")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.Throws<StoreException>(() => ClickHouseAddress.Parse(text));

    [Fact]
    public void A_password_in_an_address_is_refused_and_not_repeated()
    {
        var problem = Assert.Throws<StoreException>(() => ClickHouseAddress.Parse("clickhouse://me:secret@h:1/flows"));

        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
        Assert.Contains(ClickHouseAddress.PasswordVariable, problem.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Part.ClickHouse)]
    public void A_wrong_password_is_refused_and_one_of_a_file_is_taken()
    {
        using var servers = new ClickHouseServers();
        using var directory = new TemporaryDirectory();
        var address = servers.Address("flows", ClickHouseServers.Auditor);
        File.WriteAllText(directory["wrong"], "open barley\n");
        File.WriteAllText(directory["right"], ClickHouseServers.Password + "\n");

        var wrong = CommandRun.Of("store", "add", LyncEdge.Outside, "--store",
            $"{address}&password-file={directory["wrong"]}");
        var right = CommandRun.Of("store", "add", LyncEdge.Outside, "--store",
            $"{address}&password-file={directory["right"]}");

        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("refuses the user or the password", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (right.ExitCode, right.Error));
    }

    [NeedsFact(Part.ClickHouse)]
    public void A_server_that_dies_in_an_import_leaves_nothing_that_counts()
    {
        using var servers = new ClickHouseServers();
        var flow = RareFlows.All().First();
        using (var store = Stores.OpenToWrite(servers.Address("flows")))
        {
            using var import = store.Begin();
            Assert.Throws<StoreException>(() =>
            {
                for (var number = 0UL; number < 400_000; number++)
                {
                    import.Add(flow with { Id = number });
                    if (number == 100_000)
                        servers.Kill(1);
                }

                import.Complete(SampleObservation.OfCapture("a.pcap", 0), [new StoredInput("a.pcap", "a", 1)], "test",
                    DateTimeOffset.UnixEpoch);
            });
        }

        Assert.NotEqual("0", servers.Query(0, "SELECT count() FROM flows.flows_local"));
        Assert.Equal("0", servers.Query(0, "SELECT count() FROM flows.imports"));
    }

    [NeedsFact(Part.ClickHouse)]
    public void A_shard_that_does_not_answer_is_no_absence_of_flows()
    {
        using var servers = new ClickHouseServers();
        Assert.Equal(0,
            CommandRun.Of("store", "add", LyncEdge.Outside, "--store", servers.Address("flows")).ExitCode);
        servers.Kill(1);

        var run = CommandRun.Of("audit", "--store", servers.Address("flows"), "--site", LyncEdge.Site);

        Assert.NotInRange(run.ExitCode, 0, 1);
        Assert.Equal("", run.Output);
    }
}
