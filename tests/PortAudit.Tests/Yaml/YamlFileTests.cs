using System.Globalization;
using System.Text;
using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Yaml;

public sealed class YamlFileTests
{
    [Fact]
    public void Values_know_where_they_stand()
    {
        var yaml = Texts.Yaml("a: x\nb:\n  - [y]\n", out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(new TextPosition(1, 4), yaml!.Root.Entries[0].Value.Position);
        var list = Assert.IsType<YamlList>(yaml.Root.Entries[1].Value);
        var inner = Assert.IsType<YamlList>(list.Items[0]);
        Assert.Equal(new TextPosition(3, 5), inner.Position);
        Assert.Equal(new TextPosition(3, 6), inner.Items[0].Position);
    }

    [Fact]
    public void The_digest_is_that_of_the_bytes() =>
        Assert.Equal("52c9693cf3f219d51ba6af4362ee092c55fb5e6f96d6f9da13c8ede7eff8e71b",
            Texts.Yaml("a: b\n", out _)!.Sha256);

    [Theory]
    [InlineData("a:\n\tb: 1\n",
        "2:1: line starts with a tab; YAML allows only spaces for indentation; replace the tab by spaces")]
    [InlineData("a:\n  \tb: 1\n",
        "2:3: line has a tab in its indentation; YAML allows only spaces for indentation; replace the tab by spaces")]
    [InlineData("a: 1\nb: 2\na: 3\n", "3:1: key 'a' is written twice, first in line 1; keep one of them")]
    [InlineData("a: *x\n", "1:4: the alias '*x' is not followed; write the value out, or in quotes if it is text")]
    [InlineData("a: !!str 5\n", "1:4: tags are not read; remove the word that begins with '!'")]
    [InlineData("a: 1\n---\nb: 2\n",
        "2:1: a second document begins here; remove the line '---' or use a file of its own")]
    [InlineData("- a\n", "1:1: the file holds a list where keys with values are expected")]
    [InlineData("a\n", "1:1: the file holds text where keys with values are expected")]
    [InlineData("? [a]\n: b\n",
        "1:3: a list is where a key is expected; put quotes around text that begins with '[' or '{'")]
    [InlineData("a: b: c\n", "1:5: not valid YAML: while scanning a plain scalar value, found invalid mapping; check "
        + "the indentation, and put quotes around a value that holds ': '")]
    [InlineData("a: @x\n", "1:4: not valid YAML: while scanning for the next token, found character that cannot start "
        + "any token; put quotes around a value that begins with this character")]
    [InlineData("a: 'x\n",
        "1:4: not valid YAML: while scanning a quoted scalar, found unexpected end of stream; a quote is not closed")]
    [InlineData("a: [1\nb: 2\n",
        "1:4: not valid YAML here or in the lines that follow; see that every bracket, brace and quote is closed")]
    public void A_fault_is_one_diagnostic_with_its_place(string text, string expected)
    {
        Texts.Yaml(text, out var diagnostics);

        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~\n")]
    public void A_file_without_content_is_empty(string text)
    {
        Assert.Null(Texts.Yaml(text, out var diagnostics));
        Assert.Equal("f.yaml: the file is empty", Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void Every_line_with_a_tab_is_named()
    {
        Texts.Yaml("a:\n\tb: 1\n\tc: 1\n", out var diagnostics);

        Assert.Equal([2, 3], diagnostics.Select(diagnostic => diagnostic.Line));
    }

    [Theory]
    [InlineData("a: 1\t\n")]
    [InlineData("\t\na: 1\n")]
    [InlineData("\uFEFFa: 1\n")]
    [InlineData("a: 1\r\nb: 2\r\n")]
    public void Tabs_that_indent_nothing_byte_order_marks_and_carriage_returns_are_no_fault(string text)
    {
        Assert.NotNull(Texts.Yaml(text, out var diagnostics));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "f.yaml: is UTF-16 text; save it as UTF-8")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0x80 }, "f.yaml:2:1: is not UTF-8 text; save it as UTF-8")]
    public void Text_that_is_not_utf8_is_refused(byte[] bytes, string expected)
    {
        Assert.Null(Texts.Yaml(bytes, out var diagnostics));
        Assert.Equal(expected, Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void Aliases_of_aliases_are_not_expanded()
    {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 40; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Texts.Yaml(text.ToString(), out var diagnostics);

        Assert.Equal(2 * 39, diagnostics.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Fact]
    public void Deep_nesting_ends_the_reading()
    {
        Assert.Null(Texts.Yaml("a: " + new string('[', 100_000), out var diagnostics));
        Texts.Only("1:20: values are nested more than 16 levels deep; the rest of the file was not read", diagnostics);
    }

    [Fact]
    public void A_file_with_too_many_values_ends_the_reading()
    {
        var text = new StringBuilder("a: [").Insert(4, "x,", YamlBuilder.MaxValues).Append(']');

        Assert.Null(Texts.Yaml(text.ToString(), out var diagnostics));
        Assert.Contains("the file holds more than 1000000 values", Assert.Single(diagnostics).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_faults_than_anyone_reads_are_counted()
    {
        var text = string.Concat(Enumerable.Repeat("a: 1\n", FileDiagnostics.MaxShown + 6));

        Texts.Yaml(text, out var diagnostics);

        Assert.Equal(FileDiagnostics.MaxShown + 1, diagnostics.Length);
        Assert.Equal("f.yaml: 5 more problems are not shown", diagnostics[^1].ToString());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_diagnostic()
    {
        var directory = Path.GetTempPath();
        foreach (var (path, expected) in new[]
        {
            (Path.Combine(directory, "no-such-directory", "x.yaml"), "no such file"),
            (directory, "is a directory, not a file"),
            ("", "no file is named"),
        })
        {
            var file = new FileDiagnostics(path);
            var diagnostics = new List<Diagnostic>();

            Assert.Null(YamlFile.Read(path, file));
            file.MoveTo(diagnostics);
            Assert.Equal(expected, Assert.Single(diagnostics).Message);
        }
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var stream = File.OpenWrite(path))
                stream.SetLength(YamlFile.MaxBytes + 1);
            var file = new FileDiagnostics(path);
            var diagnostics = new List<Diagnostic>();

            Assert.Null(YamlFile.Read(path, file));
            file.MoveTo(diagnostics);
            Assert.Equal("is larger than 16 MiB", Assert.Single(diagnostics).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
