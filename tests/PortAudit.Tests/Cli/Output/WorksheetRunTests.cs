using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Cli.Output;

/// <summary><c>audit --worksheet</c>.</summary>
public sealed class WorksheetRunTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    [Theory]
    [InlineData("rules.md", "## Worksheet for fw\n")]
    [InlineData("rules.csv", "advice,firewall,rule,")]
    public void The_extension_of_the_file_chooses_the_form(string name, string begin)
    {
        var rules = _directory.Write("fw.nft", """
            table inet filter {
                chain forward {
                    type filter hook forward priority filter; policy drop;
                    ip saddr 10.0.0.0/16 tcp dport 443 accept
                }
            }
            """);
        var target = Path.Combine(Path.GetDirectoryName(rules)!, name);
        var run = CommandRun.Of("audit", Repository.PathOf("captures", "lync-edge"), "--site",
            Repository.PathOf("captures", "lync-edge", "site.yaml"), "--policy", $"fw={rules}", "--worksheet", target,
            "--quiet", "--fail-on", "never");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(begin, File.ReadAllText(target), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
