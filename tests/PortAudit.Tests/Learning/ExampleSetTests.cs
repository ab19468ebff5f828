using PortAudit.Audit.Behaviour;
using PortAudit.Learning;
using PortAudit.Learning.Examples;
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
    }

    [Fact]
    public void A_flow_in_two_captures_is_one_example_and_joins_their_groups()
    {
        var path = Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap");
        var copy = Path.Combine(_folder, "copy.pcap");
        File.Copy(path, copy);
        var once = ExampleSet.Read([new(path, "b", false)], TextWriter.Null);
        var twice = ExampleSet.Read([new(path, "b", false), new(copy, "a", true)], TextWriter.Null);

        Assert.NotEmpty(once);
        Assert.Equal(once.Select(example => example.Id), twice.Select(example => example.Id));
        Assert.All(twice, example => Assert.Equal(("a", true), (example.Group, example.IsHeldOut)));
    }

    [Fact]
    public void A_manifest_that_cannot_be_used_is_named()
    {
        var manifest = Path.Combine(_folder, "manifest.json");
        foreach (var (text, expected) in new[]
        {
            ("{\"captures\": []}", "it lists no captures"), ("[", "depth"), ("{}", "key"),
            ("{\"captures\": [{\"path\": 3}]}", "String"),
        })
        {
            File.WriteAllText(manifest, text);
            var errors = new StringWriter();
            Assert.Equal(2, LearningRun.Run(manifest, Path.Combine(_folder, "m"), null, 1, TextWriter.Null, errors));
            Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_capture_is_left_out_and_without_examples_there_is_no_model()
    {
        var manifest = Path.Combine(_folder, "manifest.json");
        File.WriteAllText(manifest, "{\"captures\": [{\"path\": \"manifest.json\", \"group\": \"a\"}, "
            + "{\"path\": \"none.pcap\", \"group\": \"a\"}]}");
        var errors = new StringWriter();

        Assert.Equal(1, LearningRun.Run(manifest, Path.Combine(_folder, "m"), null, 1, TextWriter.Null, errors));
        Assert.Equal(3, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(File.Exists(Path.Combine(_folder, "m")));
    }

    private static FlowRecord Flow(string transport) => FlowSample.Of($"10.0.0.1:4000 {transport} 10.0.0.2:5000");
}
