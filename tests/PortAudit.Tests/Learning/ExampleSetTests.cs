using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Measuring;
using PortAudit.Tests.Audit;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Learning;

public sealed class ExampleSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("udp", "rtp", 0, BehaviourKind.Voice)]
    [InlineData("udp", "rtp", 34, BehaviourKind.Video)]
    [InlineData("tcp", "rdp", null, BehaviourKind.RemoteDesktop)]
    [InlineData("tcp", "ftp-data", null, BehaviourKind.BulkTransfer)]
    [InlineData("tcp", "ldap", null, BehaviourKind.RequestResponse)]
    [InlineData("tcp", "ssh", null, BehaviourKind.InteractiveShell)]
    [InlineData("tcp", "http", null, BehaviourKind.Web)]
    [InlineData("udp", "openvpn", null, BehaviourKind.Tunnel)]
    [InlineData("tcp", "smtp", null, null)]
    public void A_proved_protocol_tells_the_kind(string transport, string protocol, int? type, BehaviourKind? expected)
    {
        Assert.True(ProvedKind.TryTell(Flow(transport).Proving(protocol), type, out var kind));
        Assert.Equal(expected, kind);
    }

    [Theory]
    [InlineData("rtp", 96)]
    [InlineData("rtp", null)]
    [InlineData("tls", null)]
    [InlineData("stun", null)]
    [InlineData("smb2", null)]
    public void What_may_carry_anything_is_no_example(string protocol, int? type) =>
        Assert.False(ProvedKind.TryTell(Flow("udp").Proving(protocol), type, out _));

    [Fact]
    public void A_port_or_an_earlier_model_proves_nothing()
    {
        var flow = Flow("tcp").Proving("ssh");

        Assert.False(ProvedKind.TryTell(flow with { ProtocolBasis = IdentificationBasis.Port }, null, out _));
        Assert.False(ProvedKind.TryTell(flow with { ProtocolBasis = IdentificationBasis.Behaviour }, null, out _));
    }

    [Fact]
    public void A_large_one_way_connection_of_a_file_server_is_a_transfer()
    {
        var flow = Flow("tcp").Proving("smb2") with { In = new DirectionCounters(900, 1_300_000, 1_200_000) };

        Assert.True(ProvedKind.TryTell(flow, null, out var kind));
        Assert.Equal(BehaviourKind.BulkTransfer, kind);
        Assert.False(ProvedKind.TryTell(flow with { Out = flow.In }, null, out _));
        Assert.False(ProvedKind.TryTell(flow.Proving("ssh"), null, out _));
    }

    [Fact]
    public void What_TLS_carries_is_told_by_proof_alone()
    {
        var flow = Flow("tcp").Proving("tls", "sip") with { ServiceBasis = IdentificationBasis.Handshake };

        Assert.Equal("sip", InnerService.Of(flow));
        Assert.Null(InnerService.Of(flow with { ServiceBasis = IdentificationBasis.Announced }));
        Assert.Null(InnerService.Of(flow with { ServiceBasis = IdentificationBasis.Port }));
        Assert.Null(InnerService.Of(flow with { ProtocolBasis = IdentificationBasis.Port }));
        Assert.Null(InnerService.Of(flow with { Protocol = "http" }));
    }

    [Fact]
    public void What_TLS_carries_is_counted_and_changes_no_example()
    {
        var (path, copy) = Copied();
        var set = Read([new(path, "b", CaptureUse.Train), new(copy, "a", CaptureUse.Train)]);

        Assert.Equal(["http", "http", "http", "xmpp", "xmpp", "xmpp"],
            set.TrainingInsideTls.Select(example => example.Protocol).Order(StringComparer.Ordinal));
        Assert.All(set.TrainingInsideTls, example => Assert.Equal("a", example.Group));
        Assert.DoesNotContain(set.Training, example => example.Port == "tcp/5269");
        Assert.Contains("| xmpp | 3 / 1 | 0 / 0 | 0 / 0 |\n", QualityTable.InsideTls(set), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CaptureUse.Train, 1)]
    [InlineData(CaptureUse.Exclude, 1)]
    [InlineData(CaptureUse.Measure, 2)]
    internal void A_fresh_connection_of_TLS_is_one_that_was_not_used_before(CaptureUse use, int fresh)
    {
        var ftp = Repository.PathOf("captures", "media", "ftp-tls.pcap");
        var set = Read([new(ftp, "b", use), new(ftp, "a", CaptureUse.Measure),
            new(Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap"), "c", CaptureUse.Measure)]);

        Assert.Equal(fresh, set.FreshInsideTls.Select(example => example.Group).Distinct().Count());
        Assert.Contains("| xmpp | 0 / 0 | 3 / 1 | 3 / 1 |\n", QualityTable.InsideTls(set), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_in_two_captures_is_one_example_and_joins_their_groups()
    {
        var (path, copy) = Copied();
        var once = Read([new(path, "b", CaptureUse.Train)]).Training;
        var twice = Read([new(path, "b", CaptureUse.Train), new(copy, "a", CaptureUse.Train)]).Training;

        Assert.NotEmpty(once);
        Assert.Equal(once.Select(example => example.Id), twice.Select(example => example.Id));
        Assert.All(twice, example => Assert.Equal("a", example.Group));
    }

    [Theory]
    [InlineData(CaptureUse.Train)]
    [InlineData(CaptureUse.Exclude)]
    internal void A_fresh_capture_that_shares_a_flow_with_one_used_before_is_left_out(CaptureUse use)
    {
        var (path, copy) = Copied();
        var errors = new StringWriter();

        Assert.NotEmpty(Read([new(copy, "a", CaptureUse.Measure)]).Fresh);
        Assert.Empty(ExampleSet.Read([new(path, "b", use), new(copy, "a", CaptureUse.Measure)], [], errors).Fresh);
        Assert.Contains("copy.pcap: left out", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(use == CaptureUse.Train, !Read([new(path, "b", use)]).Training.IsEmpty);
    }

    [Fact]
    public void A_capture_of_one_kind_needs_no_proof()
    {
        var path = Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap");
        var proved = Read([new(path, "a", CaptureUse.Train)]).Training;
        var known = Read([new(path, "a", CaptureUse.Train, BehaviourKind.Tunnel)]).Training;

        Assert.True(known.Length > proved.Count(example => example.Kind == proved[0].Kind));
        Assert.All(known, example => Assert.Equal(BehaviourKind.Tunnel, example.Kind));
    }

    [Fact]
    public void A_group_gives_few_examples_of_a_kind() =>
        Assert.Equal(2 * ExampleSet.MaximumPerGroup,
            ExampleSet.Capped(LearningSample.Examples(groups: 1, perGroup: 200, seed: 7)).Length);

    [Fact]
    public void A_manifest_that_cannot_be_used_is_named()
    {
        var manifest = Path.Combine(_folder, "manifest.json");
        foreach (var (text, expected) in new[]
        {
            ("{\"captures\": []}", "it lists no captures"), ("[", "depth"), ("{}", "key"),
            ("{\"captures\": [{\"path\": 3}]}", "String"),
            ("{\"captures\": [{\"path\": \"a\", \"group\": \"a\", \"use\": \"look\"}]}", "not look"),
            ("{\"captures\": [{\"path\": \"a\", \"group\": \"a\", \"kind\": \"magic\"}]}", "magic is no kind"),
            ("{\"captures\": [], \"examples\": [\"manifest.json\"]}", "it does not start with"),
            ("{\"captures\": [], \"examples\": [\"none\"]}", "none"),
        })
        {
            File.WriteAllText(manifest, text);
            var errors = new StringWriter();
            Assert.Equal(2, Run(manifest, errors).Train(Path.Combine(_folder, "m"), seed: 1));
            Assert.Equal(2, Run(manifest, new StringWriter()).Record(Path.Combine(_folder, "m")));
            Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(_folder, "m")));
    }

    [Fact]
    public void What_is_no_capture_is_left_out_and_without_examples_there_is_no_model()
    {
        var manifest = Path.Combine(_folder, "manifest.json");
        File.WriteAllText(manifest, "{\"captures\": [{\"path\": \"manifest.json\", \"group\": \"a\"}, "
            + "{\"path\": \"none.pcap\", \"group\": \"a\"}]}");
        var errors = new StringWriter();

        Assert.Equal(1, Run(manifest, errors).Train(Path.Combine(_folder, "m"), seed: 1));
        Assert.Equal(3, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(File.Exists(Path.Combine(_folder, "m")));
    }

    [Fact]
    public void Recorded_examples_stand_for_their_captures_and_folds_leave_fresh_captures_unread()
    {
        var (path, _) = Copied();
        var (first, second) = (Path.Combine(_folder, "first.json"), Path.Combine(_folder, "second.json"));
        File.WriteAllText(first, $"{{\"captures\": [{{\"path\": \"{path}\", \"group\": \"a\"}}]}}");
        File.WriteAllText(second, "{\"captures\": [{\"path\": \"none.pcap\", \"group\": \"b\", "
            + "\"use\": \"measure\"}], \"examples\": [\"kept.csv\"]}");
        var (kept, again) = (Path.Combine(_folder, "kept.csv"), Path.Combine(_folder, "again.csv"));
        var errors = new StringWriter();

        Assert.Equal(0, Run(first, errors).Record(kept));
        Assert.Equal(0, Run(second, errors).Record(again));
        Assert.Equal(0, Run(second, errors).Train(null, seed: 1));
        Assert.Equal(File.ReadAllBytes(kept), File.ReadAllBytes(again));
        Assert.Equal("", errors.ToString());
        Assert.True(new FileInfo(kept).Length > 1_000);
    }

    private static LearningRun Run(string manifest, StringWriter errors) => new(manifest, TextWriter.Null, errors);

    private static ExampleSet Read(ImmutableArray<GroupedCapture> captures) =>
        ExampleSet.Read(captures, [], TextWriter.Null);

    private (string Path, string Copy) Copied()
    {
        var path = Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap");
        var copy = Path.Combine(_folder, "copy.pcap");
        File.Copy(path, copy);
        return (path, copy);
    }

    private static FlowRecord Flow(string transport) => FlowSample.Of($"10.0.0.1:4000 {transport} 10.0.0.2:5000");
}
