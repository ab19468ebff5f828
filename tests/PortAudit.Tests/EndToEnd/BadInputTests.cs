using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Whatever is wrong with the input gets one clear line and the right exit code, and costs nothing that was
/// good.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_file_is_named()
    {
        var run = Audit(Path.Combine(_folder, "missing.pcap"));

        AssertRefused(run, 3, "missing.pcap: there is no such file");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void An_unreadable_file_is_named()
    {
        var path = Write("closed.pcap", File.ReadAllBytes(LyncEdge.Outside));
        File.SetUnixFileMode(path, UnixFileMode.None);

        // The first run loads what the second needs: its own files may be closed to an unprivileged thread, too.
        AssertRefused(CommandRun.Of("flows", Path.Combine(_folder, "missing.pcap")), 3,
            "missing.pcap: there is no such file");
        using var unprivileged = Unprivileged.Become();

        AssertRefused(CommandRun.Of("flows", path), 3, "closed.pcap: permission to read the file is refused");
    }

    [Fact]
    public void An_empty_file_is_named() =>
        AssertRefused(Audit(Write("empty.pcap", [])), 3, "empty.pcap: the file is empty");

    [Fact]
    public void A_file_that_is_no_capture_is_named() =>
        AssertRefused(Audit(Write("letter.pcap", "Dear Sir or Madam"u8.ToArray())), 3, "letter.pcap: ");

    [Theory]
    [InlineData("firewall-outside.pcap", 100_000)]
    [InlineData("firewall-inside.pcapng", 100_001)]
    public void A_capture_cut_in_mid_record_says_where_and_what_came_before_is_judged(string name, int length)
    {
        var path = Write(name, File.ReadAllBytes(Repository.PathOf("captures", "lync-edge", name))[..length]);
        var run = CommandRun.Of("audit", path, "--site", LyncEdge.Site, "--json", "-");
        var report = JsonNode.Parse(run.Output)!.AsObject();

        Assert.Equal(3, run.ExitCode);
        Assert.Matches(@"the capture ends \d+ bytes into the (record|block) at offset \d+; packets 1-\d+ precede it",
            Assert.Single(run.Errors));
        Assert.True((long)report["flows_judged"]! > 0);
        Assert.NotEqual("complete", (string?)report["captures"]![0]!["status"]);
    }

    [Fact]
    public void A_link_type_that_is_not_read_is_named()
    {
        var bytes = File.ReadAllBytes(LyncEdge.Outside);
        bytes[20] = 147; // LINKTYPE_USER0
        var run = Audit(Write("user0.pcap", bytes));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("link type", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_capture_does_not_keep_a_good_one_from_being_judged()
    {
        var run = CommandRun.Of("audit", LyncEdge.Outside, Write("empty.pcap",
            []), "--site", LyncEdge.Site, "--json", "-");

        Assert.Equal(3, run.ExitCode);
        Assert.Single(run.Errors);
        Assert.NotEmpty(JsonNode.Parse(run.Output)!["findings"]!.AsArray());
    }

    [Theory]
    [InlineData("roles: [lync-front-end] }", "roles: [lync-frontend] }",
        @"site\.yaml:\d+:\d+: .*lync-frontend.*lync-front-end")]
    [InlineData("catalogs: [lync-server-2013]", "catalogs: [lync-server-2010]",
        @"site\.yaml:\d+:\d+: .*lync-server-2010.*lync-server-2013")]
    [InlineData("addresses: [10.0.0.12]", "addresses: [10.0.0.11]", @"site\.yaml:\d+:\d+: .*10\.0\.0\.11.*fe01")]
    [InlineData("  internal: [10.0.0.0/16]", "\tinternal: [10.0.0.0/16]", @"site\.yaml:\d+:\d+: .*tab")]
    [InlineData("lync.federation: on", "lync.federations: on",
        @"site\.yaml:\d+:\d+: .*lync\.federations.*lync\.federation")]
    public void A_wrong_site_is_told_with_line_and_column_before_any_packet_is_read(string good, string bad,
        string expected)
    {
        var text = File.ReadAllText(LyncEdge.Site);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var site = Path.Combine(_folder, "site.yaml");
        File.WriteAllText(site, text.Replace(good, bad, StringComparison.Ordinal));
        var run = CommandRun.Of("audit", Path.Combine(_folder, "missing.pcap"), "--site", site);

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(expected, run.Errors[0]);
        Assert.EndsWith("missing.pcap: there is no such file; check the path", Assert.Single(run.Errors.Skip(1)),
            StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("audit a.pcap b.pcap --site no.yaml --policy no.cfg --policy fw=no2.cfg --baseline no.json", 2,
        "no.yaml no.json no.cfg no2.cfg a.pcap b.pcap")]
    [InlineData("audit a.pcap b.pcap --site SITE --policy no.cfg --policy no2.cfg", 2, "no.cfg no2.cfg a.pcap b.pcap")]
    [InlineData("audit a.pcap -r b.pcap --site SITE --policy no.cfg --baseline no.json", 2,
        "no.json no.cfg a.pcap b.pcap")]
    [InlineData("audit a.pcap b.pcap --site SITE", 3, "a.pcap b.pcap")]
    [InlineData("audit a.pcap b.pcap", 3, "a.pcap b.pcap")]
    [InlineData("flows a.pcap b.pcap --site no.yaml", 2, "no.yaml a.pcap b.pcap")]
    [InlineData("roles a.pcap b.pcap --site no.yaml --catalogs none", 2, "no.yaml rules a.pcap b.pcap")]
    [InlineData("compare --point out=a.pcap --point in=b.pcap", 3, "a.pcap b.pcap")]
    [InlineData("packets no.json 1 -r a.pcap -r b.pcap", 2, "no.json a.pcap b.pcap")]
    [InlineData("policy check no.cfg no2.cfg", 3, "no.cfg no2.cfg")]
    [InlineData("policy query no.cfg --probes no.csv", 3, "no.cfg no.csv")]
    [InlineData("watch -i lo --site no.yaml --policy no.cfg", 2, "no.yaml no.cfg")]
    [InlineData("catalog compare no.yaml no2.yaml", 2, "no.yaml no2.yaml")]
    [InlineData("catalog check no.yaml no2.yaml", 2, "no.yaml no2.yaml")]
    public void One_run_names_all_that_is_missing(string line, int exitCode, string names)
    {
        var run = CommandRun.Of([.. line.Split(' ').Select(word => word == "SITE" ? LyncEdge.Site : word)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(names.Split(' '), run.Errors.Select(error => error["error: ".Length..].Split(':')[0]));
        Assert.Empty(run.Output);
    }

    [Fact]
    public void What_can_be_read_is_not_named_among_what_is_missing()
    {
        var run = CommandRun.Of("audit", LyncEdge.Outside, Write("empty.pcap", []), "--site", "no.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: no.yaml: no such file", run.Errors[0]);
        Assert.StartsWith($"error: {Path.Combine(_folder, "empty.pcap")}: the file is empty",
            Assert.Single(run.Errors.Skip(1)), StringComparison.Ordinal);
    }

    private static CommandRun Audit(string path) => CommandRun.Of("audit", path, "--site", LyncEdge.Site);

    private static void AssertRefused(CommandRun run, int exitCode, string words)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(words, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
