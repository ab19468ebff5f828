namespace PortAudit.Tests;

/// <summary>Reasons to skip a test for a part that is not on this machine. Under CI nothing is skipped for a missing
/// program.</summary>
internal static class MissingPart
{
    /// <summary>Null when tshark is installed, and under CI.</summary>
    public static string? Tshark { get; } = Tests.Tshark.IsInstalled
        || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "tshark is not installed: sudo apt-get install tshark";

    /// <summary>Null when the corpus is there.</summary>
    public static string? Corpus { get; } =
        Repository.Corpus is null ? "the corpus of real captures is not beside this checkout" : null;

    /// <summary>Null when there is a C compiler, and under CI.</summary>
    public static string? Compiler { get; } = EndToEnd.BenchmarkCapture.CanBeBuilt
        || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "there is no C compiler: sudo apt-get install gcc libc6-dev";

    /// <summary>A file that takes nothing, as on a full disk.</summary>
    public const string FullDevicePath = "/dev/full";

    /// <summary>Null where there is such a file: on Linux.</summary>
    public static string? FullDevice { get; } =
        File.Exists(FullDevicePath) ? null : $"there is no {FullDevicePath} on this system";

    /// <summary>Null when the program was published, and under CI.</summary>
    public static string? Published { get; } = PublishedProgram.Path is not null
        || Environment.GetEnvironmentVariable("CI") == "true" ? null : "the program was not published: tools/test does";

    /// <summary>Null when libpcap is installed and network namespaces can be made. A right that the system does not
    /// grant is a reason under CI, too; a library that is missing is none there.</summary>
    public static string? Live => (PortAudit.Live.Pcap.LiveLibrary.Problem,
        Environment.GetEnvironmentVariable("CI") == "true") switch
    {
        ({ } problem, false) => $"{problem.Text}: {problem.Remedy}",
        _ => PortAudit.Tests.Live.NetworkNamespace.Missing,
    };

    /// <summary>Null when tcpdump is installed, and under CI.</summary>
    public static string? Tcpdump { get; } = IsOnPath("tcpdump") || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "tcpdump is not installed: sudo apt-get install tcpdump";

    /// <summary>Null when file systems can be mounted: a right that the system does not grant is a reason under CI,
    /// too.</summary>
    public static string? Mount { get; } = Capture.Ring.SmallDisk.Missing;

    /// <summary>Null when systemd's own check of units is installed, and under CI.</summary>
    public static string? Systemd { get; } = IsOnPath("systemd-analyze") || Environment.GetEnvironmentVariable("CI")
        == "true" ? null : "systemd-analyze is not installed: sudo apt-get install systemd";

    /// <summary>Null when tcpreplay is installed, and under CI.</summary>
    public static string? Tcpreplay { get; } = IsOnPath("tcpreplay") || Environment.GetEnvironmentVariable("CI")
        == "true" ? null : "tcpreplay is not installed: sudo apt-get install tcpreplay";

    /// <summary>Null when tmux is installed, and under CI.</summary>
    public static string? Tmux { get; } = IsOnPath("tmux") || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "tmux is not installed: sudo apt-get install tmux";

    /// <summary>Null when Chromium is installed, and under CI.</summary>
    public static string? Chromium { get; } = Reports.Html.Browser.IsInstalled
        || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : "chromium is not installed: sudo apt-get install chromium fonts-dejavu-core";

    /// <summary>Null when the texts are there.</summary>
    public static string? Seeds { get; } =
        Repository.Seeds is null ? "the texts of the cited documents are not beside this checkout" : null;

    /// <summary>Null where named pipes and hard links are made by programs: not on Windows.</summary>
    public static string? Unix { get; } = IsOnPath("mkfifo") ? null : "there is no mkfifo on this system";

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A test of live capture between namespaces of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LiveFactAttribute : FactAttribute
{
    public LiveFactAttribute() => Skip = MissingPart.Live;
}

/// <summary>A theory about live capture between namespaces of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LiveTheoryAttribute : TheoryAttribute
{
    public LiveTheoryAttribute() => Skip = MissingPart.Live;
}

/// <summary>A test of live capture that compares with tcpdump.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LiveTcpdumpFactAttribute : FactAttribute
{
    public LiveTcpdumpFactAttribute() => Skip = MissingPart.Live ?? MissingPart.Tcpdump;
}

/// <summary>A test that lets systemd check a unit.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SystemdFactAttribute : FactAttribute
{
    public SystemdFactAttribute() => Skip = MissingPart.Systemd;
}

/// <summary>A test of watching what tcpreplay sends.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WatchFactAttribute : FactAttribute
{
    public WatchFactAttribute() => Skip = MissingPart.Live ?? MissingPart.Tcpreplay ?? MissingPart.Tmux;
}

/// <summary>A test of watching what tcpreplay sends, with a small file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WatchOnSmallDiskFactAttribute : FactAttribute
{
    public WatchOnSmallDiskFactAttribute() => Skip = MissingPart.Live ?? MissingPart.Tcpreplay ?? MissingPart.Mount;
}

/// <summary>A theory about watching what tcpreplay sends.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WatchTheoryAttribute : TheoryAttribute
{
    public WatchTheoryAttribute() => Skip = MissingPart.Live ?? MissingPart.Tcpreplay;
}

/// <summary>A test on a small file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = MissingPart.Mount;
}

/// <summary>A test that compares with tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkFactAttribute : FactAttribute
{
    public TsharkFactAttribute() => Skip = MissingPart.Tshark;
}

/// <summary>A theory that compares with tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkTheoryAttribute : TheoryAttribute
{
    public TsharkTheoryAttribute() => Skip = MissingPart.Tshark;
}

/// <summary>A test that compares a capture of the corpus with tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkCorpusFactAttribute : FactAttribute
{
    public TsharkCorpusFactAttribute() => Skip = MissingPart.Corpus ?? MissingPart.Tshark;
}

/// <summary>A theory over captures of the corpus, compared with tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TsharkCorpusTheoryAttribute : TheoryAttribute
{
    public TsharkCorpusTheoryAttribute() => Skip = MissingPart.Corpus ?? MissingPart.Tshark;
}

/// <summary>A test over captures of the corpus.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = MissingPart.Corpus;
}

/// <summary>A theory over captures of the corpus.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute() => Skip = MissingPart.Corpus;
}

/// <summary>A test over the texts of the documents that catalogs cite.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeedFactAttribute : FactAttribute
{
    public SeedFactAttribute() => Skip = MissingPart.Seeds;
}

/// <summary>A test of what the system's C compiler builds.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = MissingPart.Compiler;
}

/// <summary>A test that compares what the system's C compiler builds with tshark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerTsharkFactAttribute : FactAttribute
{
    public CompilerTsharkFactAttribute() => Skip = MissingPart.Compiler ?? MissingPart.Tshark;
}

/// <summary>A test of standard output that takes nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDeviceFactAttribute : FactAttribute
{
    public FullDeviceFactAttribute() => Skip = MissingPart.FullDevice;
}

/// <summary>A theory about standard output that takes nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDeviceTheoryAttribute : TheoryAttribute
{
    public FullDeviceTheoryAttribute() => Skip = MissingPart.FullDevice;
}

/// <summary>A test of the published program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute() => Skip = MissingPart.Published;
}

/// <summary>A theory about the published program.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedTheoryAttribute : TheoryAttribute
{
    public PublishedTheoryAttribute() => Skip = MissingPart.Published;
}

/// <summary>A test that watches a terminal of tmux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmuxFactAttribute : FactAttribute
{
    public TmuxFactAttribute() => Skip = MissingPart.Tmux;
}

/// <summary>A theory over terminals of tmux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmuxTheoryAttribute : TheoryAttribute
{
    public TmuxTheoryAttribute() => Skip = MissingPart.Tmux;
}

/// <summary>A test that opens a page in Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = MissingPart.Chromium;
}

/// <summary>A theory over pages in Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = MissingPart.Chromium;
}

/// <summary>A test with named pipes or hard links.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PipeFactAttribute : FactAttribute
{
    public PipeFactAttribute() => Skip = MissingPart.Unix;
}
