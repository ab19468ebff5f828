using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>A file format, one row of <see cref="All"/>: supported, with a reader, or recognised only to refuse it with
/// advice. A new format needs a row, a reader and tests.</summary>
internal sealed class CaptureFormat
{
    /// <summary>First bytes of a file that distinguish supported formats.</summary>
    public const int MagicLength = 4;

    /// <summary>First bytes of a file that distinguish all formats.</summary>
    public const int LongestStart = 80;

    /// <summary>First bytes shown of an unknown file.</summary>
    public const int ShownLength = 8;

    /// <summary>Offset of the first event's version (upper byte), type and flags in a Windows trace: after the buffer
    /// header of 72 bytes (ntwmi.h, WMI_BUFFER_HEADER and SYSTEM_TRACE_HEADER).</summary>
    private const int FirstEventOfWindows = 73;

    /// <summary>Largest offset of the signature in a Citrix NetScaler trace: the header before it differs by
    /// version.</summary>
    private const int LastSignatureOfNetScaler = 16;

    /// <summary>Offset of the name in a Novell LANalyzer trace: after type, length and version.</summary>
    private const int NameOfLanalyzer = 6;

    private const string WindowsTrace = "an event trace of Windows (.etl), as netsh trace and pktmon write it";
    private const string ConvertOnWindows =
        "convert it: etl2pcapng FILE OUT.pcapng, or on Windows: pktmon etl2pcap FILE";
    private const string Convert = "convert it with a tool of Wireshark: editcap -F pcapng FILE OUT.pcapng";

    private readonly string _name;
    private readonly StartTest _isStart;

    private CaptureFormat(string name, StartTest isStart) => (_name, _isStart) = (name, isStart);

    /// <summary>Tests the first bytes of a file.</summary>
    /// <param name="start">At least <see cref="MagicLength"/> bytes; if fewer than the test needs, those present are
    /// compared.</param>
    private delegate bool StartTest(ReadOnlySpan<byte> start);

    /// <summary>Opens a file of the format.</summary>
    /// <param name="buffer">At the first byte.</param>
    /// <param name="path">The path as the user gave it.</param>
    private delegate ICaptureSource Opener(BlockBuffer buffer, string path);

    private static ImmutableArray<CaptureFormat> All { get; } =
    [
        Read("pcap", ["pcap"], start => PcapVariant.TryRecognise(start, out _), PcapReader.Open),
        Read("pcapng", ["pcapng", "cap"], IsPcapng, PcapngReader.Open),
        Read("snoop", ["snoop"], start => Agrees(start, SnoopReader.Magic), SnoopReader.Open, SnoopReader.Magic.Length),
        Read("Network Monitor", [], IsNetworkMonitor, NetworkMonitorReader.Open),

        Refused([0x1F, 0x8B], "gzip data (RFC 1952) once more", Unpack("gzip")),
        Refused([0x28, 0xB5, 0x2F, 0xFD], "Zstandard data (RFC 8878)", Unpack("zstd")),
        Refused([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "xz data", Unpack("xz")),
        Refused([0x04, 0x22, 0x4D, 0x18], "LZ4 data", Unpack("lz4")),
        Refused("BZh"u8, "bzip2 data", Unpack("bzip2")),
        Refused("PK\x03\x04"u8, "a zip archive", "unpack it: unzip FILE"),
        Refused([0, 1, 0xC0], WindowsTrace, ConvertOnWindows, FirstEventOfWindows, FirstEventOfWindows),
        Refused([0, 2, 0xC0], WindowsTrace, ConvertOnWindows, FirstEventOfWindows, FirstEventOfWindows),
        Refused("NetScaler"u8, "a trace of Citrix NetScaler", Convert, last: LastSignatureOfNetScaler),
        Refused("Netscaler"u8, "a trace of Citrix NetScaler", Convert, last: LastSignatureOfNetScaler),
        Refused("XCP\0"u8, "a capture of NetXRay or Sniffer for Windows", Convert),
        Refused("TRSNIFF data"u8, "a capture of Sniffer for DOS", Convert),
        Refused("\u007Fver"u8, "a capture of EtherPeek or OmniPeek", Convert),
        Refused("ObserverPktBuffer"u8, "a capture of Observer", Convert),
        Refused("iptrace "u8, "a trace of AIX", Convert),
        Refused("TR\0d\0"u8, "a trace of HP-UX", Convert),
        Refused([0xAA, 0xAA, 0xAA, 0xAA], "a capture of 5View", Convert),
        Refused("\u0005VNF"u8, "a capture of Visual Networks", Convert),
        Refused("Trace Display"u8, "a trace of LANalyzer", Convert, NameOfLanalyzer, NameOfLanalyzer),
        Refused("#separator"u8, "a log of Zeek", "save it to a file and name that: logs are read from files only"),
        Refused("<?xml"u8, "XML text, such as Wireshark exports", "give the capture from which it was made"),
    ];

    /// <summary>Names of the supported formats.</summary>
    public static ImmutableArray<string> ReadNames { get; } =
        [.. All.Where(format => format.Open is not null).Select(format => format._name)];

    /// <summary>File name extensions of supported formats, without the dot.</summary>
    public static ImmutableArray<string> ReadExtensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>File name extensions, without the dot.</summary>
    private ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>Bytes needed to recognise the format.</summary>
    private int StartLength { get; init; } = MagicLength;

    /// <summary>The reader; null when unsupported.</summary>
    private Opener? Open { get; init; }

    /// <summary>How to convert it to a supported format; empty for supported ones.</summary>
    private string Remedy { get; init; } = "";

    /// <summary>True when the first <see cref="MagicLength"/> bytes may be a supported format's.</summary>
    public static bool IsRead(ReadOnlySpan<byte> magic)
    {
        foreach (var format in All)
        {
            if (format.Open is not null && format._isStart(magic))
                return true;
        }

        return false;
    }

    /// <summary>Opens a file of a supported format, recognised by its first bytes; null for others.</summary>
    /// <param name="buffer">At the first byte, with at least <see cref="MagicLength"/> bytes. Waits for no more bytes
    /// than are needed to recognise the format.</param>
    /// <param name="path">The path as the user gave it.</param>
    /// <exception cref="CaptureFormatException">Recognised, but unusable.</exception>
    public static ICaptureSource? TryOpen(BlockBuffer buffer, string path)
    {
        foreach (var format in All)
        {
            if (format.Open is { } open && format.IsStartOf(buffer, MagicLength)
                && format.IsStartOf(buffer, format.StartLength))
                return open(buffer, path);
        }

        return null;
    }

    /// <summary>Describes unsupported input, as far as recognised, and what to do.</summary>
    public static string Explain(ReadOnlySpan<byte> start)
    {
        foreach (var format in All)
        {
            if (format.Open is null && format._isStart(start))
                return $"this is {format._name}, which is not read directly; {format.Remedy}";
        }

        var shown = start[..Math.Min(start.Length, ShownLength)];
        var names = $"{string.Join(", ", ReadNames[..^1])} and {ReadNames[^1]}";
        return $"this is no capture: it begins with {Show(shown)}; {names} files are read";
    }

    private static CaptureFormat Read(
        string name, ImmutableArray<string> extensions, StartTest isStart, Opener open,
        int startLength = MagicLength) =>
        new(name, isStart) { Extensions = extensions, Open = open, StartLength = startLength };

    /// <summary>An unsupported format.</summary>
    /// <param name="magic">Bytes present in every such file.</param>
    /// <param name="name">Name of the format.</param>
    /// <param name="remedy">How to convert it to a supported format.</param>
    /// <param name="first">Smallest offset of the bytes.</param>
    /// <param name="last">Largest offset of the bytes.</param>
    private static CaptureFormat Refused(ReadOnlySpan<byte> magic, string name, string remedy, int first = 0,
        int last = 0)
    {
        var bytes = magic.ToArray();
        return new CaptureFormat(name, start => Holds(start, bytes, first, last)) { Remedy = remedy };
    }

    private static bool Holds(ReadOnlySpan<byte> start, ReadOnlySpan<byte> magic, int first, int last)
    {
        if (start.Length <= first)
            return false;
        var index = start[first..].IndexOf(magic);
        return index >= 0 && index <= last - first;
    }

    private static bool IsPcapng(ReadOnlySpan<byte> start) =>
        BinaryPrimitives.ReadUInt32BigEndian(start) == PcapngReader.Magic;

    private static bool IsNetworkMonitor(ReadOnlySpan<byte> start) =>
        Agrees(start, NetworkMonitorReader.Magic1) || Agrees(start, NetworkMonitorReader.Magic2);

    /// <summary>Compares as many bytes as both have.</summary>
    private static bool Agrees(ReadOnlySpan<byte> start, ReadOnlySpan<byte> magic) =>
        start.StartsWith(magic[..Math.Min(magic.Length, start.Length)]);

    private static string Unpack(string tool) => $"unpack it into the standard input: {tool} -dc FILE | portaudit … -";

    private static string Show(ReadOnlySpan<byte> start)
    {
        var text = new StringBuilder();
        foreach (var value in start)
            text.Append(CultureInfo.InvariantCulture, $"{value:x2} ");
        text.Append('"');
        foreach (var value in start)
            text.Append(value is >= 0x20 and < 0x7F and not (byte)'"' ? (char)value : '.');
        return text.Append('"').ToString();
    }

    private bool IsStartOf(BlockBuffer buffer, int length) => buffer.TryPeek(length, out var start) && _isStart(start);
}
