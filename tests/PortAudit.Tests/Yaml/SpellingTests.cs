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
    public void Of_equally_near_names_the_ordinally_first_wins() =>
        Assert.Equal("tc1", Spelling.Nearest("tcp", ["tc2", "tc1"]));

    [Theory]
    [InlineData("htp", "http")] // the first letter is seldom mistyped
    [InlineData("ssh2", "ssh")]
    [InlineData("smpp", "smtp")]
    [InlineData("xip", "sip")]
    public void Of_equally_near_names_the_one_that_begins_alike_wins(string name, string expected) =>
        Assert.Equal(expected, Spelling.Nearest(name, ["ftp", "http", "ntp", "sip", "smtp", "snmp", "ssh"]));

    [Fact]
    public void Of_names_that_begin_alike_one_with_a_letter_more_wins() =>
        Assert.Equal("ldap", Spelling.Nearest("lap", ["lbp", "ldap"]));

    [Fact]
    public void Few_names_are_listed_when_none_is_near() =>
        Assert.Equal("known: a, b", Spelling.Suggest("xyz", ["b", "a"]));

    [Fact]
    public void Text_of_the_user_cannot_steer_a_terminal() =>
        Assert.Equal("'\\u001b[31m'", Spelling.Quote("\u001b[31m"));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal(63, Spelling.Quote(new string('x', 1000)).Length);
}
