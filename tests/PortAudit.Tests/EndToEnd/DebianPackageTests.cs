using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The Debian package of the published program.</summary>
public sealed class DebianPackageTests : IDisposable
{
    /// <summary>Who packs, when, and how well it is compressed: none of it is tested, and a checkout may lack its
    /// history.</summary>
    private static readonly string[] Packer =
    [
        "env", "DEBFULLNAME=PortAudit tests", "DEBEMAIL=tests@portaudit.invalid", "SOURCE_DATE_EPOCH=1767225600",
        "DPKG_DEB_COMPRESSOR_LEVEL=1",
    ];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [NeedsFact(Part.Published, Part.Debian)]
    public void It_is_sound_and_installs_runs_and_leaves_nothing()
    {
        var program = Path.GetDirectoryName(PublishedProgram.Path)!;
        var shared = _directory["shared"];
        Run(Script("pages"), PublishedProgram.Path!, shared);
        Run(Script("notices"), Path.Combine(shared, "THIRD-PARTY-NOTICES.txt"));
        var package = Run([.. Packer, Script("debian"), program, shared, _directory.Path]).Trim();

        Run("lintian", "--fail-on", "error", package);
        Run(DebianSystem.Trial, package);
    }

    private static string Script(string name) => Repository.PathOf("tools", "packaging", name);

    private static string Run(params string[] words)
    {
        var (code, output, error) = PublishedProgram.Run(Repository.Root, words);
        Assert.True(code == 0, $"{string.Join(' ', words)} ended with {code}:\n{output}{error}");
        return output;
    }
}
