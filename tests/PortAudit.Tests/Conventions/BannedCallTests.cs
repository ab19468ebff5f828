using System.Text.RegularExpressions;

namespace PortAudit.Tests.Conventions;

/// <summary>What the libraries may not do: read the clock, draw unseeded numbers, touch the console, log.</summary>
public sealed partial class BannedCallTests
{
    [Fact]
    public void The_libraries_read_no_clock_draw_no_numbers_and_print_nothing()
    {
        var offences = SourcesOf("PortAudit.Traffic", "PortAudit.Audit", "PortAudit.Reports", "PortAudit.Live")
            .SelectMany(file => Banned().Matches(File.ReadAllText(file))
                .Select(match => $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}"));

        Assert.Empty(offences);
    }

    [Fact]
    public void Unsafe_code_stays_in_the_native_boundary()
    {
        var offences = SourcesOf("PortAudit.Traffic", "PortAudit.Audit", "PortAudit.Reports", "PortAudit.Store",
                "PortAudit.Learning", "PortAudit.Cli")
            .Where(file => Unsafe().IsMatch(File.ReadAllText(file)));

        Assert.Empty(offences);
    }

    private static IEnumerable<string> SourcesOf(params string[] projects) => projects
        .SelectMany(project =>
            Directory.GetFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories))
        .Where(file =>
            !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(
        @"DateTime(?:Offset)?\.(?:Utc)?Now|DateTime\.Today|new Random\(\)|Random\.Shared|Guid\.NewGuid"
            + @"|(?<!Spectre\.)\bConsole\.|using Serilog")]
    private static partial Regex Banned();

    [GeneratedRegex(@"^\s*(?:\w+ )*unsafe\b|Unsafe\.|MemoryMarshal\.GetReference", RegexOptions.Multiline)]
    private static partial Regex Unsafe();
}
