using PortAudit.Reports.Writing;

namespace PortAudit.Tests.Reports.Markdown;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("plain text, ümlaut (in brackets): 10.0.0.1", "plain text, ümlaut (in brackets): 10.0.0.1")]
    [InlineData("a|b", "a&#124;b")]
    [InlineData("`code`", "\\`code\\`")]
    [InlineData("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("[click](http://evil)", "\\[click\\](http&#58;//evil)")]
    [InlineData("![x](y)", "!\\[x\\](y)")]
    [InlineData("**bold** _em_ ~~gone~~", "\\*\\*bold\\*\\* \\_em\\_ \\~\\~gone\\~\\~")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("WWW.evil.test", "WWW&#46;evil.test")]
    [InlineData("mail a@b.test", "mail a&#64;b.test")]
    [InlineData("line\n# break", "line\\\\u{000A}# break")]
    public void What_Markdown_would_read_is_escaped(string text, string escaped) =>
        Assert.Equal(escaped, MarkdownText.Escape(text));

    [Theory]
    [InlineData("- item", "\\- item")]
    [InlineData("+ item", "\\+ item")]
    [InlineData("# head", "\\# head")]
    [InlineData("=== ", "\\=== ")]
    [InlineData("1. first", "1\\. first")]
    [InlineData("12) first", "12\\) first")]
    [InlineData("10.0.0.1: host", "10\\.0.0.1: host")]
    [InlineData("    indented", "indented")]
    [InlineData("> quote", "\\> quote")]
    public void What_would_begin_a_block_is_escaped_at_the_begin_of_a_line(string text, string escaped) =>
        Assert.Equal(escaped, MarkdownText.EscapeLine(text));

    [Fact]
    public void A_fence_is_longer_than_any_in_the_code() =>
        Assert.Equal("  ````text\n  a ``` b\n  ````\n", MarkdownText.Fence(["a ``` b"], "  "));
}
