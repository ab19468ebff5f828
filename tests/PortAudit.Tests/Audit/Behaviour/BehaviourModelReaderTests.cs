using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Tests.Audit.Behaviour;

public sealed class BehaviourModelReaderTests
{
    private static readonly string File =
        Encoding.UTF8.GetString(BehaviourModelWriter.Write(new BehaviourModel([BehaviourSample.Voice])));

    [Fact]
    public void A_model_comes_back_as_it_was_written()
    {
        Assert.True(BehaviourModelReader.TryRead(Encoding.UTF8.GetBytes(File), out var model, out var error), error);

        Assert.Equal(File, Encoding.UTF8.GetString(BehaviourModelWriter.Write(model)));
        Assert.Equal((BehaviourKind.Voice, BehaviourSample.Voice.Measured), Assert.Single(model.Kinds));
    }

    [Fact]
    public void A_flow_is_named_from_its_threshold_on()
    {
        var model = new BehaviourModel([BehaviourSample.Voice]);
        var flow = FlowSample.Of("10.0.0.1:4000 udp 10.0.0.2:5000") with { Behaviour = BehaviourSample.Audio };
        var named = model.Name(flow)!.Value;

        Assert.Equal(BehaviourKind.Voice, named.Kind);
        Assert.Equal(1 / (1 + Math.Exp(-4)), named.Probability, 12);
        Assert.Null(model.Name(flow with { Behaviour = BehaviourSample.Keys }));
        Assert.Null(model.Name(flow with { Behaviour = null }));
        Assert.Null(new BehaviourModel([BehaviourSample.Voice with { Threshold = 0.99 }]).Name(flow));
    }

    [Fact]
    public void The_likeliest_kind_names_the_flow()
    {
        var flow = FlowSample.Of("10.0.0.1:4000 udp 10.0.0.2:5000") with { Behaviour = BehaviourSample.Audio };
        var video = BehaviourSample.Voice with { Kind = BehaviourKind.Video, Offset = -1 };

        Assert.Equal(BehaviourKind.Video, new BehaviourModel([BehaviourSample.Voice, video]).Name(flow)!.Value.Kind);
        Assert.Equal(BehaviourKind.Video, new BehaviourModel([video, BehaviourSample.Voice]).Name(flow)!.Value.Kind);
    }

    [Theory]
    [InlineData("portaudit-behaviour", "something", "it is no model of behaviour")]
    [InlineData("\"version\":1", "\"version\":2", "its format version is 2, and this program reads version 1")]
    [InlineData("0.97", "0.98", "it is damaged: its checksum is another")]
    [InlineData("\"body\":{", "\"body\":[{", "it is damaged or incomplete")]
    public void A_file_of_another_kind_version_or_content_is_named(string part, string other, string expected) =>
        Assert.Equal(expected, ErrorOf(File.Replace(part, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"udp\"", "\"tcp\"", "it compares other numbers than this program counts: train it again")]
    [InlineData("\"examples\":40", "\"examples\":3", "it learned voice from 3 flows in 6 groups; 30 in 5 are needed")]
    [InlineData("\"groups\":6", "\"groups\":1", "it learned voice from 40 flows in 1 groups; 30 in 5 are needed")]
    [InlineData("\"left\":[-1]", "\"left\":[0]", null)]
    [InlineData("\"left\":[-1]", "\"left\":[1]", null)]
    [InlineData("\"left\":[-1]", "\"left\":[-2]", null)]
    [InlineData("\"left\":[-1]", "\"left\":[-2147483648]", null)]
    [InlineData("\"left\":[-1]", "\"left\":[-1,-1]", null)]
    [InlineData("\"left\":[-1]", "\"left\":[99999999999]", null)]
    [InlineData("\"leaves\":[4,-4]", "\"leaves\":[4]", null)]
    [InlineData("\"leaves\":[4,-4]", "\"leaves\":[4,1e999]", null)]
    [InlineData("\"leaves\":[4,-4]", "\"leaves\":[4,\"NaN\"]", null)]
    [InlineData("\"thresholds\":[0.5]", "\"thresholds\":[1e99]", null)]
    [InlineData("\"weight\":1", "\"weight\":-1e999", null)]
    [InlineData("\"slope\":-1", "\"slope\":1e999", null)]
    [InlineData("\"threshold\":0.8", "\"threshold\":1.5", null)]
    [InlineData("\"precision\":0.97", "\"precision\":null", null)]
    [InlineData("\"kind\":\"voice\"", "\"kind\":\"music\"", null)]
    [InlineData("\"kind\":\"voice\"", "\"kind\":\"\\ud800\"", null)]
    [InlineData("\"trees\":[{", "\"trees\":[[],{", null)]
    public void A_checked_body_that_cannot_be_used_is_refused(string part, string other, string? expected)
    {
        var changed = Resealed(File.Replace(part, other, StringComparison.Ordinal));

        Assert.NotEqual(File, changed);
        Assert.Equal(expected ?? "it is damaged or incomplete", ErrorOf(changed));
    }

    [Fact]
    public void A_feature_beyond_the_numbers_is_refused() =>
        Assert.Equal("it is damaged or incomplete", ErrorOf(Written(
        BehaviourSample.Voice with { Trees = [BehaviourSample.Voice.Trees[0] with { Features = [40] }] })));

    [Fact]
    public void A_kind_stands_once() => Assert.Equal("it has a kind twice",
        ErrorOf(Written(BehaviourSample.Voice, BehaviourSample.Voice)));

    [Fact]
    public void Trees_and_nodes_are_bounded()
    {
        var tree = BehaviourSample.Voice.Trees[0];
        ImmutableArray<int> nodes = [.. Enumerable.Range(1, BehaviourModelReader.MaximumNodes + 1)];
        var chain = new DecisionTree(1, [.. nodes.Select(_ => 0)], [.. nodes.Select(_ => 0f)],
            [.. nodes.Select(node => node == nodes[^1] ? ~0 : node)], [.. nodes.Select(node => ~node)],
            [.. nodes.Prepend(0).Select(_ => 0.0)]);

        Assert.True(chain.IsSound(1));
        Assert.Equal("it is damaged or incomplete", ErrorOf(Written(BehaviourSample.Voice with { Trees = [chain] })));
        Assert.Equal("it is damaged or incomplete", ErrorOf(Written(BehaviourSample.Voice with
        {
            Trees = [.. Enumerable.Repeat(tree, BehaviourModelReader.MaximumTrees + 1)],
        })));
        Assert.Equal("it is larger than 8 MiB", ErrorOf(new string(' ', BehaviourModelReader.MaximumBytes + 1)));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_refused_or_the_same_model()
    {
        var bytes = Encoding.UTF8.GetBytes(File);
        for (var length = 0; length < bytes.Length - 1; length++)
            Assert.False(BehaviourModelReader.TryRead(bytes.AsMemory(0, length), out _, out _));
        for (var i = 0; i < bytes.Length - 1; i++)
        {
            foreach (var change in (ReadOnlySpan<byte>)[1, 0x20, 0x80])
            {
                bytes[i] ^= change;
                var isRead = BehaviourModelReader.TryRead(bytes, out _, out var error);
                Assert.True(isRead == error is null);
                bytes[i] ^= change;
            }
        }
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("it is damaged or incomplete", ErrorOf(new string('[', 100_000)));

    private static string Written(params KindModel[] kinds) =>
        Encoding.UTF8.GetString(BehaviourModelWriter.Write(new BehaviourModel([.. kinds])));

    private static string? ErrorOf(string file)
    {
        Assert.False(BehaviourModelReader.TryRead(Encoding.UTF8.GetBytes(file), out _, out var error));
        return error;
    }

    /// <summary>The file with the checksum of the body that it has.</summary>
    private static string Resealed(string file)
    {
        var body = file[(file.IndexOf("\"body\":", StringComparison.Ordinal) + 7)..file.LastIndexOf('}')];
        var start = file.IndexOf("\"sha256\":\"", StringComparison.Ordinal) + 10;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        return string.Concat(file[..start], hash, file[(start + 64)..]);
    }
}
