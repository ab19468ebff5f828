using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// The published program does what the tested one does. It is compiled to machine code without what nothing seemed to
/// use, so whatever is found by its name alone while it runs (components of the report, formats, catalogs, texts of
/// errors) may be missing from it and from it alone.
/// </summary>
public sealed class PublishedProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [NeedsTheory(Part.Published)]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("audit --help")]
    [InlineData("watch --help")]
    [InlineData("unknown-command")]
    [InlineData("flows CAPTURES")]
    [InlineData("flows CAPTURES --format csv")]
    [InlineData("flows CAPTURES --format jsonl --threads 2")]
    [InlineData("flows CAPTURES/lync-edge/site.yaml")]
    [InlineData("flows CAPTURES/none.pcap")]
    [InlineData("audit CAPTURES/lync-edge --site CAPTURES/lync-edge/site.yaml -v")]
    [InlineData("audit CAPTURES/lync-edge --site CAPTURES/README.md")]
    [InlineData("audit CAPTURES/lync-edge --site lync-server-2013")]
    [InlineData("roles CAPTURES/lync-edge")]
    [InlineData("roles CAPTURES/lync-edge --site CAPTURES/lync-edge/site.yaml")]
    [InlineData("catalog list")]
    [InlineData("catalog list --format json")]
    [InlineData("catalog query tcp 443")]
    [InlineData("completion bash")]
    [InlineData("man")]
    [InlineData("[suggest] portaudit\tcatalog\tquery\t--from\tlync")]
    [InlineData("[suggest] portaudit\taudit\t--fail-on\t")]
    [InlineData("watch -i none --site CAPTURES/lync-edge/site.yaml")]
    public void A_command_says_the_same(string commandLine)
    {
        string[] arguments = [.. commandLine.Split(' ')
            .Select(word => word.Replace("CAPTURES", Repository.PathOf("captures"), StringComparison.Ordinal))];

        Assert.Equal(PublishedProgram.Run(_directory.Path, [.. PublishedProgram.Built, .. arguments]),
            PublishedProgram.Run(_directory.Path, [.. PublishedProgram.Words, .. arguments]));
    }

    [NeedsFact(Part.Published)]
    public void An_audit_writes_the_same_files()
    {
        var tested = Files(PublishedProgram.Built);
        var published = Files(PublishedProgram.Words);

        Assert.Equal(tested.Keys, published.Keys);
        Assert.Contains("page.html", tested.Keys);
        Assert.All(tested, file => Assert.True(file.Value.AsSpan().SequenceEqual(published[file.Key]), file.Key));
    }

    [NeedsFact(Part.Published)]
    public void It_is_one_file_and_the_libraries_of_pictures_and_stores() => Assert.Equal(
        ["libHarfBuzzSharp.so", "libSkiaSharp.so", "libduckdb.so", Path.GetFileName(PublishedProgram.Path)],
        Directory.GetFileSystemEntries(Path.GetDirectoryName(PublishedProgram.Path)!).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));

    [NeedsTheory(Part.Published)]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_what_keeps_stores_it_says_so_and_does_all_else(bool isDamaged)
    {
        var program = _directory["portaudit"];
        File.Copy(PublishedProgram.Path!, program);
        if (isDamaged)
            File.WriteAllText(_directory["libduckdb.so"], "not a library");
        var captures = Repository.PathOf("captures", "lync-edge");

        var add = PublishedProgram.Run(_directory.Path, [program, "store", "add", captures, "--store", "s"]);
        var flows = PublishedProgram.Run(_directory.Path, [program, "flows", captures]);

        Assert.Equal((2, ""), (add.ExitCode, add.Output));
        Assert.Contains("a store needs DuckDB's library", add.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (flows.ExitCode, flows.Error));
    }

    [NeedsTheory(Part.Published)]
    [InlineData(false, "libSkiaSharp.so is missing: it belongs next to the program, in DIR")]
    [InlineData(true, "DIR/libSkiaSharp.so cannot be loaded: it is damaged, or of another system or version")]
    public void Without_what_draws_pictures_it_says_so_before_reading_and_does_all_else(bool isDamaged, string error)
    {
        var program = _directory["portaudit"];
        File.Copy(PublishedProgram.Path!, program);
        if (isDamaged)
            File.WriteAllText(_directory["libSkiaSharp.so"], "not a library");
        string[] audit = ["audit", Repository.PathOf("captures", "lync-edge"), "--site", LyncEdge.Site, "--quiet"];

        Assert.Equal((2, "", $"error: --plots: no plot can be drawn: {error}\n"
            .Replace("DIR", _directory.Path, StringComparison.Ordinal)),
            PublishedProgram.Run(_directory.Path, [program, .. audit, "--plots", _directory["plots"]]));
        Assert.False(Directory.Exists(_directory["plots"]));
        Assert.Equal((1, ""), PublishedProgram.Run(_directory.Path, [program, .. audit, "--report",
            _directory["page.html"]]) is var run ? (run.ExitCode, run.Error) : default);
    }

    private SortedDictionary<string, byte[]> Files(IReadOnlyList<string> program)
    {
        var folder = _directory["out"];
        Directory.CreateDirectory(folder);
        string[] arguments =
        [
            "audit", Repository.PathOf("captures", "lync-edge"), "--site", LyncEdge.Site, "--report", Out("page.html"),
            "--plots", Out("plots"), "--json", Out("audit.json"), "--csv", Out("audit.csv"),
            "--markdown", Out("audit.md"), "--sarif", Out("audit.sarif"), "--junit", Out("audit.xml"), "--evidence",
            Out("evidence.pcapng"),
        ];
        Assert.Equal(1, PublishedProgram.Run(_directory.Path, [.. program, .. arguments]).ExitCode);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes, StringComparer.Ordinal);
        Directory.Delete(folder, recursive: true);
        return new SortedDictionary<string, byte[]>(files, StringComparer.Ordinal);

        string Out(string name) => Path.Combine(folder, name);
    }
}
