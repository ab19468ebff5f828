using System.Runtime.Versioning;

namespace PortAudit.Tests.Cli.Output;

public sealed class PlotOutputTests : IDisposable
{
    private static readonly string Capture = Repository.PathOf("captures", "lync-edge", "firewall-inside.pcapng");
    private static readonly string Site = Repository.PathOf("captures", "lync-edge", "site.yaml");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Report_and_plots_are_written_beside_the_text_and_change_no_exit_code()
    {
        var plain = CommandRun.Of("audit", Capture, "--site", Site);
        var run = CommandRun.Of("audit", Capture, "--site", Site, "--report", _directory["audit.html"], "--plots",
            _directory["plots/new"]);
        var html = File.ReadAllText(_directory["audit.html"]);

        Assert.Equal(plain, run);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("id=\"pair-lync-reverse-proxy--lync-front-end-cms\"", html, StringComparison.Ordinal);
        Assert.Contains("SMB", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Capture))), html, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory["plots/new/lync-reverse-proxy--lync-front-end-cms--ports.png"]));
        Assert.All(Directory.GetFiles(_directory["plots/new"]),
            file => Assert.EndsWith(".png", file, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_captures_give_the_same_pictures_with_any_number_of_threads()
    {
        foreach (var threads in new[] { "1", "2" })
            Assert.Equal(1, CommandRun.Of("audit", Capture, "--site", Site, "--threads", threads, "--plots",
                _directory[threads], "--plot-format", "svg").ExitCode);
        var files = Directory.GetFiles(_directory["1"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();

        Assert.Superset(new HashSet<string?> { "matrix--roles.svg", "matrix--segments.svg", "all--flows.svg",
            "all--ports.svg", "all--bytes.svg", "all--delays.svg",
            "lync-reverse-proxy--lync-front-end-cms--delays.svg" }, files.ToHashSet());
        Assert.Equal(files, Directory.GetFiles(_directory["2"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(_directory[$"1/{file}"]),
            File.ReadAllText(_directory[$"2/{file}"])));
    }

    [Theory]
    [InlineData("--plots", "plots", "--plot-format", "gif")]
    [InlineData("--plot-format", "svg", "--quiet")]
    public void An_unknown_format_and_one_without_plots_are_wrong_usage(params string[] options) =>
        Assert.Equal(2, CommandRun.Of(["audit", Capture, "--site", Site, .. options]).ExitCode);

    [Fact]
    public void The_same_captures_give_the_same_page_with_any_number_of_threads()
    {
        CommandRun.Of("audit", Capture, "--site", Site, "--report", _directory["one.html"], "--threads", "1");
        CommandRun.Of("audit", Capture, "--site", Site, "--report", _directory["two.html"], "--threads", "2");

        Assert.Equal(File.ReadAllText(_directory["one.html"]), File.ReadAllText(_directory["two.html"]));
    }

    [Fact]
    public void What_cannot_be_written_is_told_before_anything_is_read()
    {
        _directory.Touch("file");

        Assert.Equal(2, CommandRun.Of("audit", Capture, "--site", Site, "--report",
            _directory["gone/audit.html"]).ExitCode);
    }

    [Theory]
    [InlineData("-", "-: plots cannot be written there: they are several files, which standard output cannot take")]
    [InlineData("DIR/file", "DIR/file: plots cannot be written there: it is a file, not a directory")]
    [InlineData("DIR/file/new", "DIR/file/new: plots cannot be written there: Could not find a part of the path "
        + "'DIR/file/new'.")]
    public void A_directory_that_cannot_be_is_told_before_anything_is_read(string directory, string error)
    {
        _directory.Touch("file");
        string Here(string text) => text.Replace("DIR", _directory.Path, StringComparison.Ordinal);
        var run = CommandRun.Of("audit", "no-such.pcap", "--site", Site, "--plots", Here(directory));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal([$"error: {Here(error)}"], run.Errors);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("closed/new")]
    [UnsupportedOSPlatform("windows")]
    public void So_is_one_that_permission_is_refused_to(string directory)
    {
        Directory.CreateDirectory(_directory["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var unprivileged = Unprivileged.Become();
        var run = CommandRun.Of("audit", "no-such.pcap", "--site", Site, "--plots", _directory[directory]);

        Assert.Equal((2, $"error: {_directory[directory]}: plots cannot be written there: no permission to write "
            + $"there\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_capture_is_not_overwritten()
    {
        File.Copy(Capture, _directory["copy.pcapng"]);
        var run = CommandRun.Of("audit", _directory["copy.pcapng"], "--site", Site, "--report",
            _directory["copy.pcapng"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a capture of this run", run.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Capture), File.ReadAllBytes(_directory["copy.pcapng"]));
    }
}
