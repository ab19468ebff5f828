using PortAudit.Tests.Capture.Ring;
using PortAudit.Tests.EndToEnd;
using PortAudit.Tests.Live;
using PortAudit.Tests.Reports.Html;

namespace PortAudit.Tests;

/// <summary>What a test needs and a machine may lack.</summary>
internal enum Part
{
    /// <summary>The corpus of real captures.</summary>
    Corpus,

    /// <summary>Small captures with the right verdict.</summary>
    Cases,

    /// <summary>The texts of the documents that catalogs cite.</summary>
    Seeds,

    /// <summary>The program as <c>tools/test</c> publishes it.</summary>
    Published,

    /// <summary>libpcap, and network namespaces.</summary>
    Live,

    /// <summary>libpcap.</summary>
    Libpcap,

    /// <summary>File systems that can be mounted.</summary>
    Mount,

    /// <summary><see cref="Parts.FullDevicePath"/>.</summary>
    FullDevice,

    /// <summary>Named pipes and hard links that programs make.</summary>
    Unix,

    /// <summary>A C compiler.</summary>
    Compiler,

    /// <summary>The loader of Linux, through which .NET finds OpenSSL.</summary>
    Libssl,

    /// <summary>Chromium, with a font.</summary>
    Chromium,

    /// <summary>A server of ClickHouse, and curl.</summary>
    ClickHouse,

    /// <summary>What makes and checks a Debian package, and a Debian system to try it in.</summary>
    Debian,

    /// <summary>script, which runs a program on a terminal and records what it writes.</summary>
    Script,

    /// <summary>systemd's check of units.</summary>
    Systemd,

    /// <summary>tcpdump.</summary>
    Tcpdump,

    /// <summary>tcpreplay.</summary>
    Tcpreplay,

    /// <summary>tmux.</summary>
    Tmux,

    /// <summary>tshark.</summary>
    Tshark,
}

/// <summary>A test that needs parts which a machine may lack; it is skipped with the reason where it does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params Part[] parts) => Skip = Parts.WhyMissing(parts);
}

/// <summary>A theory that needs parts which a machine may lack; it is skipped with the reason where it does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params Part[] parts) => Skip = Parts.WhyMissing(parts);
}

/// <summary>Which parts this machine has.</summary>
internal static class Parts
{
    /// <summary>A file that takes nothing, as on a full disk.</summary>
    public const string FullDevicePath = "/dev/full";

    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Why a test is skipped: the first of <paramref name="parts"/> that is missing; null without
    /// one.</summary>
    public static string? WhyMissing(IEnumerable<Part> parts) =>
        parts.Select(WhyMissing).FirstOrDefault(reason => reason is not null);

    private static string? WhyMissing(Part part) => part switch
    {
        Part.Corpus => Unless(Repository.Corpus is not null, "the corpus of real captures is not beside this checkout"),
        Part.Cases => Unless(Repository.Cases is not null, "the cases are not beside this checkout"),
        Part.Seeds =>
            Unless(Repository.Seeds is not null, "the texts of the cited documents are not beside this checkout"),
        Part.Published => UnlessCi(PublishedProgram.Path is not null, "the program was not published: tools/test does"),
        Part.Live => WhyNotLive(),
        Part.Libpcap => PortAudit.Live.Pcap.LiveLibrary.Problem is { } problem
            ? UnlessCi(false, $"{problem.Text}: {problem.Remedy}")
            : null,
        Part.Mount => SmallDisk.Missing,
        Part.FullDevice => Unless(File.Exists(FullDevicePath), $"there is no {FullDevicePath} on this system"),
        Part.Unix => Unless(IsOnPath("mkfifo"), "there is no mkfifo on this system"),
        Part.Libssl => Unless(OperatingSystem.IsLinux(), "only on Linux does .NET need OpenSSL"),
        Part.Compiler =>
            UnlessCi(BenchmarkCapture.CanBeBuilt, "there is no C compiler: sudo apt-get install gcc libc6-dev"),
        Part.Chromium => UnlessCi(Browser.IsInstalled,
            "chromium is not installed: sudo apt-get install chromium fonts-dejavu-core"),
        Part.ClickHouse => UnlessInstalled("clickhouse-server", "clickhouse-server")
            ?? UnlessInstalled("curl", "curl"),
        Part.Debian => UnlessInstalled("dpkg-shlibdeps", "dpkg-dev") ?? UnlessInstalled("lintian", "lintian")
            ?? DebianSystem.WhyNot(IsCi),
        Part.Script => UnlessInstalled("script", "bsdutils"),
        Part.Systemd => UnlessInstalled("systemd-analyze", "systemd"),
        Part.Tcpdump => UnlessInstalled("tcpdump", "tcpdump"),
        Part.Tcpreplay => UnlessInstalled("tcpreplay", "tcpreplay"),
        Part.Tmux => UnlessInstalled("tmux", "tmux"),
        Part.Tshark => UnlessCi(Tshark.IsInstalled, "tshark is not installed: sudo apt-get install tshark"),
    };

    /// <summary>A right that the system does not grant is a reason under CI, too; a library that is missing is none
    /// there.</summary>
    private static string? WhyNotLive() => PortAudit.Live.Pcap.LiveLibrary.Problem is { } problem && !IsCi
        ? $"{problem.Text}: {problem.Remedy}"
        : NetworkNamespace.Missing;

    private static string? UnlessInstalled(string program, string package) =>
        UnlessCi(IsOnPath(program), $"{program} is not installed: sudo apt-get install {package}");

    // Under CI nothing is skipped for a program that is missing.
    private static string? UnlessCi(bool isThere, string reason) => Unless(isThere || IsCi, reason);

    private static string? Unless(bool isThere, string reason) => isThere ? null : reason;

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
