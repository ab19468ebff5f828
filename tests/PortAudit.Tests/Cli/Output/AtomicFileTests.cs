using System.Diagnostics;
using System.IO.Pipes;
using PortAudit.Cli.Output;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Cli.Output;

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

    [Fact]
    public void A_link_in_the_current_directory_is_followed_from_there()
    {
        var (real, link) = ($"{Guid.NewGuid()}.json", $"{Guid.NewGuid()}.json");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(link, real);
        try
        {
            using (var file = AtomicFile.TryOpen(link, out _)!)
            {
                file.Writer.Write("new");
                file.Commit();
            }

            Assert.Equal("new", File.ReadAllText(real));
        }
        finally
        {
            File.Delete(real);
            File.Delete(link);
        }
    }

    [NeedsFact(Part.Unix)]
    public async Task A_named_pipe_is_written_into_and_stays()
    {
        Process.Start("mkfifo", [_directory["pipe"]]).WaitForExit();
        var read = Task.Run(() => File.ReadAllText(_directory["pipe"]));
        using (var file = AtomicFile.TryOpen(_directory["pipe"], out _)!)
        {
            file.Writer.Write("new");
            file.Commit();
        }

        Assert.True(CaptureFile.IsPipe(_directory["pipe"]));
        Assert.Equal("new", await read.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [NeedsFact(Part.Unix)]
    public void What_a_shell_puts_in_place_of_a_process_is_written_into()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using (var file = AtomicFile.TryOpen($"/dev/fd/{pipe.GetClientHandleAsString()}", out _)!)
        {
            file.Writer.Write("new");
            file.Commit();
        }

        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        Assert.Equal("new", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no/such/report.json")]
    public void A_place_that_cannot_be_written_is_known_before_anything_is_read(string name)
    {
        Assert.Null(AtomicFile.TryOpen(name.Length == 0 ? _directory.Path : _directory[name], out var reason));
        Assert.Equal(name.Length == 0 ? "is a directory" : "no such directory", reason);
    }

    public void Dispose() => _directory.Dispose();
}
