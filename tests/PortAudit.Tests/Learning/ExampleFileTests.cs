using System.Text;
using PortAudit.Learning.Examples;

namespace PortAudit.Tests.Learning;

public sealed class ExampleFileTests
{
    [Fact]
    public void What_is_read_back_gives_the_same_bytes()
    {
        var written = ExampleFile.Write(
            [.. LearningSample.Examples(groups: 3, perGroup: 4, seed: 7).Select((example, i) =>
                i == 5 ? example with { Kind = null } : example)]);

        Assert.True(ExampleFile.TryRead(written, out var examples, out var error), error);
        Assert.Equal(12, examples.Length);
        Assert.Single(examples, example => example.Kind is null);
        Assert.Equal(written, ExampleFile.Write(examples));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_is_refused()
    {
        var written = ExampleFile.Write(LearningSample.Examples(groups: 1, perGroup: 2, seed: 7));
        for (var length = 0; length < written.Length; length++)
            Assert.False(ExampleFile.TryRead(written.AsSpan(0, length), out _, out _));
        for (var i = 0; i < written.Length; i++)
        {
            var changed = written.ToArray();
            changed[i] ^= 1;
            Assert.False(ExampleFile.TryRead(changed, out _, out _));
        }
    }

    [Theory]
    [InlineData("flow", "flaw", "other columns")]
    [InlineData(",voice,", ",magic,", "example 1 is damaged")]
    [InlineData("group 0,", "group 0,,", "example 1 is damaged")]
    [InlineData("rtp,udp/", "rtp,NaN,", "example 1 is damaged")]
    public void A_sound_checksum_does_not_make_a_sound_file(string part, string instead, string expected)
    {
        var voice = LearningSample.Examples(groups: 1, perGroup: 20, seed: 7)
            .First(example => example.Kind == PortAudit.Audit.Behaviour.BehaviourKind.Voice);
        var lines = Encoding.UTF8.GetString(ExampleFile.Write([voice])).Split('\n', 3);
        var body = lines[2].Replace(part, instead, StringComparison.Ordinal);
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body));
        var file = Encoding.UTF8.GetBytes($"{lines[0]}\n{Convert.ToHexStringLower(hash)}\n{body}");

        Assert.NotEqual(lines[2], body);
        Assert.False(ExampleFile.TryRead(file, out var examples, out var error));
        Assert.Empty(examples);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
