using PortAudit.Cli;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// What is offline needs nothing of live capture: a copy of the program from which its assembly was taken away does all
/// of it. The list of dependencies is left out as well, as the host compares it with what is there before the program
/// begins.
/// </summary>
public sealed class OfflineTests(OfflineTests.Program program) : IClassFixture<OfflineTests.Program>
{
    [Theory]
    [InlineData("--version", 0)]
    [InlineData("--help", 0)]
    [InlineData("flows captures/lync-edge", 0)]
    [InlineData("audit captures/lync-edge --site captures/lync-edge/site.yaml", 1)]
    [InlineData("catalog list", 0)]
    public void Commands_over_captures_never_load_the_library_of_live_capture(string arguments, int exitCode)
    {
        var (code, output, error) = Run(arguments);

        Assert.True(code == exitCode, $"{arguments}: {code}: {error}");
        Assert.NotEmpty(output);
    }

    [Theory]
    [InlineData("interfaces")]
    [InlineData("doctor")]
    public void Commands_about_live_capture_do(string arguments) =>
        Assert.Contains("PortAudit.Live", Run(arguments).Error, StringComparison.Ordinal);

    private (int Code, string Output, string Error) Run(string arguments) =>
        PublishedProgram.Run(Repository.Root, ["dotnet", program.Path, .. arguments.Split(' ')]);

    /// <summary>The copy. Links will not do: the host looks beside the file that a link leads to.</summary>
    public sealed class Program : IDisposable
    {
        private const string LiveAssembly = "PortAudit.Live.dll";

        private readonly TemporaryDirectory _folder = new();

        public Program()
        {
            var built = System.IO.Path.GetDirectoryName(typeof(PortAuditCommand).Assembly.Location)!;
            foreach (var file in Directory.GetFiles(built, "*.dll")
                .Append(System.IO.Path.Combine(built, "portaudit.runtimeconfig.json")))
            {
                if (System.IO.Path.GetFileName(file) != LiveAssembly)
                    File.Copy(file, _folder[System.IO.Path.GetFileName(file)]);
            }
        }

        public string Path => _folder["portaudit.dll"];

        public void Dispose() => _folder.Dispose();
    }
}
