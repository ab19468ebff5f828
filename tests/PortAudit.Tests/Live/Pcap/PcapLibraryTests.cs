using PortAudit.Live.Host;
using PortAudit.Live.Pcap;

namespace PortAudit.Tests.Live.Pcap;

public sealed class PcapLibraryTests
{
    [Fact]
    public void A_library_that_is_not_there_is_told_with_the_names_that_were_tried()
    {
        Assert.Equal(0, PcapLibrary.Find(["libnosuch.so.1", "libnosuch.so"], out var problem));

        Assert.Equal(LiveProblemKind.LibraryMissing, problem!.Kind);
        Assert.Contains("libnosuch.so.1, libnosuch.so", problem.Text, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void A_library_without_the_functions_that_are_needed_is_too_old()
    {
        // The C library is there on every system, and captures nothing.
        var old = OperatingSystem.IsWindows() ? "ucrtbase.dll" : OperatingSystem.IsMacOS() ? "libc.dylib" : "libc.so.6";

        Assert.Equal(0, PcapLibrary.Find(["libnosuch.so", old], out var problem));

        Assert.Equal(LiveProblemKind.LibraryTooOld, problem!.Kind);
        Assert.Contains($"{old} is too old: it has no pcap_create", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_tried_in_the_order_of_SharpPcap()
    {
        var names = PcapLibrary.Candidates();

        if (OperatingSystem.IsLinux())
            Assert.Equal(["libpcap.so", "libpcap.so.0", "libpcap.so.0.8", "libpcap.so.1"], names);
        else
            Assert.NotEmpty(names);
    }
}
