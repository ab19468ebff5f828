using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Standard output that takes nothing, as on a full disk: <c>/dev/full</c> of Linux. What is wrong is said in
/// one line, and is no internal error.</summary>
public sealed class FullOutputTests : IDisposable
{
    private const string Told = "error: standard output: cannot be written: ";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [NeedsTheory(Part.FullDevice)]
    [InlineData("--help")]
    [InlineData("flows captures/lync-edge")]
    [InlineData("flows captures/lync-edge --format csv")]
    [InlineData("roles captures/lync-edge")]
    [InlineData("catalog list")]
    [InlineData("audit captures/lync-edge --site captures/lync-edge/site.yaml")]
    [InlineData("audit captures/lync-edge --site captures/lync-edge/site.yaml --quiet --fail-on never")]
    public void It_is_an_error_of_its_own(string arguments)
    {
        var (code, error) = RunIntoFullDisk(arguments);

        Assert.Equal(2, code);
        Assert.StartsWith(Told, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => line.StartsWith("error:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [NeedsFact(Part.FullDevice)]
    public void An_audit_writes_its_files_all_the_same()
    {
        var (code, error) = RunIntoFullDisk($"audit captures/lync-edge --site captures/lync-edge/site.yaml --json "
            + $"'{_directory["audit.json"]}' --csv '{_directory["audit.csv"]}'");

        Assert.Equal(2, code);
        Assert.Contains(Told, error, StringComparison.Ordinal);
        Assert.Equal(["audit.csv", "audit.json"],
            Directory.GetFiles(_directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    private static (int ExitCode, string Error) RunIntoFullDisk(string arguments)
    {
        var (code, _, error) = PublishedProgram.Run(Repository.Root,
            ["sh", "-c", $"{PublishedProgram.ShellWords} {arguments} > {Parts.FullDevicePath}"]);
        return (code, error);
    }
}
