using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace PortAudit.Live.Pcap;

/// <summary>
/// The functions of libpcap and Npcap that are used here, as <c>pcap/pcap.h</c> of libpcap 1.10 declares them. Nothing
/// of this may be called before <see cref="PcapLibrary.Problem"/> is known to be null: it finds the library. Functions
/// that answer with a number answer with a <see cref="PcapStatus"/>.
/// </summary>
internal static unsafe partial class LibPcap
{
    /// <summary>The name under which <see cref="PcapLibrary"/> resolves the library.</summary>
    public const string Name = "pcap";

    /// <summary>Length of the buffer for a function's error text, in bytes (<c>PCAP_ERRBUF_SIZE</c>).</summary>
    public const int ErrorLength = 256;

    /// <summary><c>PCAP_TSTAMP_PRECISION_NANO</c>: fractions of a second in nanoseconds; 0 is microseconds.</summary>
    public const int NanosecondPrecision = 1;

    /// <summary><c>PCAP_TSTAMP_HOST_HIPREC</c>: stamps of the host, precise and in step with its clock.</summary>
    public const int PreciseHostClock = 2;

    /// <summary><c>PCAP_NETMASK_UNKNOWN</c>: only "ip broadcast" in a filter needs the mask, and is refused
    /// without.</summary>
    public const uint UnknownNetmask = 0xffffffff;

    /// <summary><c>PCAP_CHAR_ENC_UTF_8</c>.</summary>
    public const uint Utf8 = 1;

    /// <summary>libpcap 1.10 and later.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_init")]
    public static partial int Initialise(uint encoding, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_lib_version")]
    public static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial PcapHandle Create(string source, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_close")]
    public static partial void Close(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_set_snaplen")]
    public static partial int SetSnapLength(PcapHandle handle, int bytes);

    [LibraryImport(Name, EntryPoint = "pcap_set_promisc")]
    public static partial int SetPromiscuous(PcapHandle handle, int isOn);

    [LibraryImport(Name, EntryPoint = "pcap_set_timeout")]
    public static partial int SetTimeout(PcapHandle handle, int milliseconds);

    [LibraryImport(Name, EntryPoint = "pcap_set_immediate_mode")]
    public static partial int SetImmediateMode(PcapHandle handle, int isOn);

    [LibraryImport(Name, EntryPoint = "pcap_set_buffer_size")]
    public static partial int SetBufferSize(PcapHandle handle, int bytes);

    [LibraryImport(Name, EntryPoint = "pcap_set_tstamp_type")]
    public static partial int SetTimestampType(PcapHandle handle, int type);

    [LibraryImport(Name, EntryPoint = "pcap_set_tstamp_precision")]
    public static partial int SetTimestampPrecision(PcapHandle handle, int precision);

    [LibraryImport(Name, EntryPoint = "pcap_activate")]
    public static partial int Activate(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_get_tstamp_precision")]
    public static partial int TimestampPrecision(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_datalink")]
    public static partial int DataLink(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_list_datalinks")]
    public static partial int ListDataLinks(PcapHandle handle, int** types);

    [LibraryImport(Name, EntryPoint = "pcap_free_datalinks")]
    public static partial void FreeDataLinks(int* types);

    [LibraryImport(Name, EntryPoint = "pcap_set_datalink")]
    public static partial int SetDataLink(PcapHandle handle, int type);

    [LibraryImport(Name, EntryPoint = "pcap_snapshot")]
    public static partial int SnapLength(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_setdirection")]
    public static partial int SetDirection(PcapHandle handle, int direction);

    [LibraryImport(Name, EntryPoint = "pcap_setnonblock")]
    public static partial int SetNonBlocking(PcapHandle handle, int isOn, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_get_selectable_fd")]
    public static partial int SelectableDescriptor(PcapHandle handle);

    /// <summary>Windows only.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_getevent")]
    public static partial nint Event(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(PcapHandle handle, FilterProgram* program, string expression, int optimize,
        uint netmask);

    [LibraryImport(Name, EntryPoint = "pcap_setfilter")]
    public static partial int SetFilter(PcapHandle handle, FilterProgram* program);

    [LibraryImport(Name, EntryPoint = "pcap_freecode")]
    public static partial void FreeProgram(FilterProgram* program);

    /// <summary>The hot one: the handle is passed bare, as counting references to it would cost as much as the call. 1
    /// with a packet, 0 without, negative for a <see cref="PcapStatus"/>.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_next_ex")]
    public static partial int NextPacket(nint handle, byte** header, byte** bytes);

    /// <summary>Fills <see cref="PcapStatistics.Length"/> bytes at most.</summary>
    [LibraryImport(Name, EntryPoint = "pcap_stats")]
    public static partial int Statistics(PcapHandle handle, uint* counters);

    [LibraryImport(Name, EntryPoint = "pcap_geterr")]
    private static partial byte* Error(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_statustostr")]
    private static partial byte* StatusText(int status);

    [LibraryImport(Name, EntryPoint = "pcap_findalldevs")]
    public static partial int FindDevices(NativeDevice** first, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_freealldevs")]
    public static partial void FreeDevices(NativeDevice* first);

    /// <summary>What libpcap says of the last failure of a handle; empty when it says nothing.</summary>
    public static string ErrorOf(PcapHandle handle) => TextAt(Error(handle));

    /// <summary>What libpcap says of a status.</summary>
    public static string TextOf(int status) => TextAt(StatusText(status));

    /// <summary>The text of a C string; what is not UTF-8 becomes U+FFFD, and null the empty text.</summary>
    public static string TextAt(byte* text) => Utf8StringMarshaller.ConvertToManaged(text) ?? "";
}

/// <summary>A compiled filter (<c>struct bpf_program</c>, <c>pcap/bpf.h</c>): the number of instructions, and where
/// they are. libpcap fills and frees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FilterProgram
{
    public uint Length;
    public void* Instructions;
}

/// <summary>An interface in the list of <c>pcap_findalldevs</c> (<c>struct pcap_if</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDevice
{
    public NativeDevice* Next;
    public byte* Name;
    public byte* Description;
    public NativeAddress* Addresses;
    public uint Flags;
}

/// <summary>An address of an interface (<c>struct pcap_addr</c>); its netmask and the others are not read
/// here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeAddress
{
    public NativeAddress* Next;
    public byte* Address;
    public byte* Netmask;
    public byte* Broadcast;
    public byte* Peer;
}
