using System.Runtime.InteropServices;
using SharpPcap;
using SharpPcap.LibPcap;

namespace PortAudit.Live.Pcap;

/// <summary>
/// What SharpPcap 6.3.1 lacks, as <c>pcap/pcap.h</c> of libpcap 1.10 declares it: all else that is asked of libpcap and
/// Npcap is asked through SharpPcap. Nothing of this may be called before <see cref="PcapLibrary.Problem"/> is known to
/// be null. Functions that answer with a number answer with 0, or negative with a <see cref="PcapError"/>.
/// </summary>
internal static unsafe partial class LibPcap
{
    /// <summary>The name under which <see cref="PcapLibrary"/> resolves the library.</summary>
    public const string Name = "pcap";

    /// <summary>What <c>pcap_activate</c> answers for a kind of interface that cannot be captured: SharpPcap's list
    /// ends before it (<c>PCAP_ERROR_CAPTURE_NOTSUP</c>).</summary>
    public const PcapError CaptureNotSupported = (PcapError)(-13);

    /// <summary><c>PCAP_NETMASK_UNKNOWN</c>: only "ip broadcast" in a filter needs the mask, and is refused without.
    /// SharpPcap says 0, with which it would match too little.</summary>
    public const uint UnknownNetmask = 0xffffffff;

    /// <summary>SharpPcap does not report the granted snap length, which may be longer.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_snapshot")]
    public static partial int SnapLength(PcapHandle handle);

    /// <summary>SharpPcap knows only the link type that an interface has at first.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_list_datalinks")]
    public static partial int ListDataLinks(PcapHandle handle, int** types);

    [LibraryImport(Name, EntryPoint = "pcap_free_datalinks")]
    public static partial void FreeDataLinks(int* types);

    /// <summary>SharpPcap cannot choose another link type. It keeps reporting the first.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_set_datalink")]
    public static partial int SetDataLink(PcapHandle handle, int type);

    /// <summary>SharpPcap captures both directions only.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_setdirection")]
    public static partial int SetDirection(PcapHandle handle, int direction);

    /// <summary>SharpPcap asks for the descriptor on Linux only, and waits on it for one interface at a time.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_get_selectable_fd")]
    public static partial int SelectableDescriptor(PcapHandle handle);

    /// <summary>Windows only; SharpPcap has no such call.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_getevent")]
    public static partial nint Event(PcapHandle handle);

    /// <summary>SharpPcap takes the counters of Unix for 64 bits each. They have 32 (<c>struct pcap_stat</c>), so what
    /// it calls dropped is what the interface dropped, and what the buffer had no room for is lost.</summary>
    /// <param name="handle">The capture.</param>
    /// <param name="counters">Takes <see cref="PcapStatistics.Length"/> numbers at most.</param>
    [LibraryImport(Name, EntryPoint = "pcap_stats")]
    public static partial int Statistics(PcapHandle handle, uint* counters);

    /// <summary>A handle that captures nothing, to compile for a link type of files. SharpPcap has none to be
    /// used.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_open_dead")]
    public static partial nint OpenDead(int dataLink, int snapLength);

    [LibraryImport(Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(nint handle, Program* program, string expression, int optimize, uint netmask);

    [LibraryImport(Name, EntryPoint = "pcap_geterr")]
    public static partial nint LastError(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_close")]
    public static partial void Close(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_freecode")]
    public static partial void FreeCode(Program* program);

    /// <summary>SharpPcap takes the captured length for the original one, which <c>len</c> and <c>greater</c> ask
    /// for.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_offline_filter")]
    [SuppressGCTransition]
    public static partial int OfflineFilter(Program* program, byte* header, byte* bytes);

    /// <summary>A compiled filter (<c>struct bpf_program</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Program
    {
        /// <summary>Number of instructions.</summary>
        public uint Length;

        /// <summary>The instructions.</summary>
        public nint Instructions;
    }
}
