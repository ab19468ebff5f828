using PortAudit.Cli;

namespace PortAudit.Tests.Cli;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_file_appears_when_it_is_committed_and_nothing_else_stays()
    {
        using (var file = AtomicFile.TryOpen(_directory["report.json"], out _)!)
        {
            file.Writer.Write("new");
            Assert.False(File.Exists(_directory["report.json"]));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_directory["report.json"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Without_commit_the_old_file_stays()
    {
        File.WriteAllText(_directory["report.json"], "old");
        using (var file = AtomicFile.TryOpen(_directory["report.json"], out _)!)
            file.Writer.Write("new");

        Assert.Equal("old", File.ReadAllText(_directory["report.json"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void A_link_stays_a_link_and_what_it_points_to_is_written()
    {
        File.WriteAllText(_directory["real.json"], "old");
        File.CreateSymbolicLink(_directory["link.json"], _directory["real.json"]);
        using (var file = AtomicFile.TryOpen(_directory["link.json"], out _)!)
        {
            file.Writer.Write("new");
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_directory["real.json"]));
        Assert.NotNull(new FileInfo(_directory["link.json"]).LinkTarget);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no/such/report.json")]
    public void A_place_that_cannot_be_written_is_known_before_anything_is_read(string name)
    {
        Assert.Null(AtomicFile.TryOpen(name.Length == 0 ? _directory.Path : _directory[name], out var reason));
        Assert.NotEmpty(reason);
    }

    public void Dispose() => _directory.Dispose();
}
