using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What explains flows does not depend on how a capture is read.</summary>
public sealed class AnnouncementCaptureTests
{
    private static readonly string[] OfTheReading = ["capture", "flow_id", "parent"];

    public static TheoryData<string> Captures =>
        ["ntop_nDPI__teams.pcap", "ntop_nDPI__tftp.pcap", "ntop_nDPI__stun.pcap"];

    [NeedsTheory(Part.Corpus)]
    [MemberData(nameof(Captures))]
    public void Any_number_of_threads_tells_the_same(string name)
    {
        var path = Path.Combine(Repository.Corpus!, name);
        var one = Rows([path, "--threads", "1"]);

        Assert.NotEmpty(one);
        Assert.Equal(one, Rows([path, "--threads", "2"]));
        Assert.Equal(one, Rows([path, "--threads", "4"]));
    }

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [InlineData("ntop_nDPI__teams.pcap")]
    [InlineData("ntop_nDPI__stun.pcap")]
    public void A_capture_in_parts_tells_the_same(string name)
    {
        var path = Path.Combine(Repository.Corpus!, name);
        var parts = Directory.CreateTempSubdirectory("portaudit-parts").FullName;
        try
        {
            SplitCapture.Split(path, Path.Combine(parts, "part.pcap"), framesEach: 37);

            Assert.Equal(Rows([path]), Rows([parts]));
        }
        finally
        {
            Directory.Delete(parts, recursive: true);
        }
    }

    /// <summary>The rows without what tells where frames stand.</summary>
    private static List<string> Rows(string[] arguments)
    {
        var run = CommandRun.Of(["flows", .. arguments, "--format", "csv"]);
        Assert.True(run.ExitCode is 0 or 3, string.Join('\n', run.Errors));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(',')).ToList();
        var columns = lines[0];
        return [.. lines.Skip(1).Select(cells => string.Join(',', cells
            .Where((_, at) => !OfTheReading.Contains(columns[at])).Select(cell => cell.Split('@')[0])))
            .Order(StringComparer.Ordinal)];
    }
}
