using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Yaml;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("lync-front-ned", "lync-front-end")]
    [InlineData("Lync-Front-End", "lync-front-end")]
    [InlineData("lync-frontend", "lync-front-end")]
    [InlineData("sipp", "sip")]
    [InlineData("spi", "sip")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_within_a_third_of_the_length(string name, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(name, ["sip", "lync-front-end", "lync-director"]));

    [Fact]
    public void Of_equally_near_names_the_ordinally_first_wins() => Assert.Equal("tc1", Spelling.Nearest("tcp", ["tc2", "tc1"]));

    [Fact]
    public void Few_names_are_listed_when_none_is_near() => Assert.Equal("known: a, b", Spelling.Suggest("xyz", ["b", "a"]));

    [Fact]
    public void Text_of_the_user_cannot_steer_a_terminal() => Assert.Equal("'\\u001b[31m'", Spelling.Quote("\u001b[31m"));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal(63, Spelling.Quote(new string('x', 1000)).Length);
}
