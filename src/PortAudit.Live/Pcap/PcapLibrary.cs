using System.Runtime.InteropServices;
using PortAudit.Live.Host;

namespace PortAudit.Live.Pcap;

/// <summary>
/// Finds the library once per process, before SharpPcap does, which would fail without advice. Names differ:
/// <c>libpcap.so.0.8</c> (Debian), <c>libpcap.so.1</c> (others), <c>libpcap.so</c> (developer packages); Npcap keeps
/// <c>wpcap.dll</c> in its own directory.
/// </summary>
internal static class PcapLibrary
{
    /// <summary>Functions that an older library lacks: pcap_create came with libpcap 1.0, the others with 1.5 (2013).
    /// WinPcap, which Npcap replaced, has the first only.</summary>
    private static readonly string[] Required = ["pcap_create", "pcap_set_immediate_mode", "pcap_set_tstamp_precision"];

    private static readonly (nint Handle, LiveProblem? Problem) Loaded = Load();

    /// <summary>Why there is no library that can be used; null when there is one.</summary>
    public static LiveProblem? Problem => Loaded.Problem;

    /// <summary>Version in the library's own words, for example <c>libpcap version 1.10.3 (with
    /// TPACKET_V3)</c>.</summary>
    public static string Version => SharpPcap.Pcap.Version;

    /// <summary>The names to try, in the order of SharpPcap, so that both load the same.</summary>
    internal static string[] Candidates()
    {
        if (OperatingSystem.IsWindows())
            return [Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll"), "wpcap.dll"];
        return OperatingSystem.IsMacOS()
            ? ["libpcap.dylib"]
            : ["libpcap.so", "libpcap.so.0", "libpcap.so.0.8", "libpcap.so.1"];
    }

    /// <summary>Loads the first library that has all that is needed.</summary>
    /// <param name="candidates">Names or paths; the system looks for a name where it looks for libraries.</param>
    /// <param name="problem">Why none was loaded; null when one was.</param>
    /// <returns>Its handle; 0 when none was loaded.</returns>
    internal static nint Find(string[] candidates, out LiveProblem? problem)
    {
        problem = null;
        foreach (var candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out var handle))
                continue;
            if (Required.FirstOrDefault(function =>
                !NativeLibrary.TryGetExport(handle, function, out _)) is not { } missing)
                return handle;
            problem ??= LiveProblem.LibraryTooOld(candidate, missing);
            NativeLibrary.Free(handle);
        }

        problem ??= LiveProblem.LibraryMissing(candidates);
        return 0;
    }

    private static (nint Handle, LiveProblem? Problem) Load()
    {
        // A timeval of 32-bit systems has one of two lengths, as their library was built; PacketHeader knows those of
        // 64 bits.
        if (!Environment.Is64BitProcess)
            return (0, LiveProblem.NotSupported("", "a process of 32 bits cannot capture", "use .NET of 64 bits"));
        var handle = Find(Candidates(), out var problem);

        // The runtime asks once for each function: what is found here is kept.
        NativeLibrary.SetDllImportResolver(typeof(PcapLibrary).Assembly,
            (name, _, _) => name == LibPcap.Name ? handle : 0);
        return (handle, problem);
    }
}
