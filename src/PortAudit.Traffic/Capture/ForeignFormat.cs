using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>A format that is recognised only to refuse it with the way out.</summary>
internal sealed class ForeignFormat
{
    /// <summary>Bytes that are enough to tell all of <see cref="All"/>.</summary>
    public const int LongestStart = 80;

    /// <summary>Bytes of a start that nobody knows which are shown.</summary>
    public const int ShownLength = 8;

    /// <summary>Where the header of the first event of a Windows trace says its version's upper byte, type and flags: behind the 72 bytes of a buffer's header (ntwmi.h, WMI_BUFFER_HEADER and SYSTEM_TRACE_HEADER).</summary>
    private const int FirstEventOfWindows = 73;

    /// <summary>The signature of a trace of Citrix NetScaler stands behind a header that differs between its versions.</summary>
    private const int LastSignatureOfNetScaler = 16;

    /// <summary>Where a trace of Novell LANalyzer says what it is: behind its type, length and version.</summary>
    private const int NameOfLanalyzer = 6;

    private readonly byte[] _magic;
    private readonly string _name;
    private readonly string _remedy;
    private readonly int _first;
    private readonly int _last;

    /// <summary>Describes a format.</summary>
    /// <param name="magic">Bytes that stand in each file of it.</param>
    /// <param name="name">What it is.</param>
    /// <param name="remedy">How it becomes something that is read.</param>
    /// <param name="first">Where the bytes begin at the earliest.</param>
    /// <param name="last">Where they begin at the latest.</param>
    private ForeignFormat(ReadOnlySpan<byte> magic, string name, string remedy, int first = 0, int last = 0)
    {
        _magic = magic.ToArray();
        _name = name;
        _remedy = remedy;
        _first = first;
        _last = last;
    }

    private const string WindowsTrace = "an event trace of Windows (.etl), as netsh trace and pktmon write it";
    private const string ConvertOnWindows = "convert it: etl2pcapng FILE OUT.pcapng, or on Windows: pktmon etl2pcap FILE";
    private const string Convert = "convert it with a tool of Wireshark: editcap -F pcapng FILE OUT.pcapng";

    private static ImmutableArray<ForeignFormat> All { get; } =
    [
        new([0x1F, 0x8B], "gzip data (RFC 1952) once more", Unpack("gzip")),
        new([0x28, 0xB5, 0x2F, 0xFD], "Zstandard data (RFC 8878)", Unpack("zstd")),
        new([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "xz data", Unpack("xz")),
        new([0x04, 0x22, 0x4D, 0x18], "LZ4 data", Unpack("lz4")),
        new("BZh"u8, "bzip2 data", Unpack("bzip2")),
        new("PK\x03\x04"u8, "a zip archive", "unpack it: unzip FILE"),
        new([0, 1, 0xC0], WindowsTrace, ConvertOnWindows, FirstEventOfWindows, FirstEventOfWindows),
        new([0, 2, 0xC0], WindowsTrace, ConvertOnWindows, FirstEventOfWindows, FirstEventOfWindows),
        new("NetScaler"u8, "a trace of Citrix NetScaler", Convert, last: LastSignatureOfNetScaler),
        new("Netscaler"u8, "a trace of Citrix NetScaler", Convert, last: LastSignatureOfNetScaler),
        new("XCP\0"u8, "a capture of NetXRay or Sniffer for Windows", Convert),
        new("TRSNIFF data"u8, "a capture of Sniffer for DOS", Convert),
        new("\u007Fver"u8, "a capture of EtherPeek or OmniPeek", Convert),
        new("ObserverPktBuffer"u8, "a capture of Observer", Convert),
        new("iptrace "u8, "a trace of AIX", Convert),
        new("TR\0d\0"u8, "a trace of HP-UX", Convert),
        new([0xAA, 0xAA, 0xAA, 0xAA], "a capture of 5View", Convert),
        new("\u0005VNF"u8, "a capture of Visual Networks", Convert),
        new("Trace Display"u8, "a trace of LANalyzer", Convert, NameOfLanalyzer, NameOfLanalyzer),
        new("<?xml"u8, "XML text, such as Wireshark exports", "give the capture from which it was made"),
    ];

    /// <summary>Says what input that begins with <paramref name="start"/> is, as far as that can be told, and what to do.</summary>
    public static string Explain(ReadOnlySpan<byte> start)
    {
        foreach (var format in All)
        {
            if (format.Fits(start))
                return $"this is {format._name}, which is not read directly; {format._remedy}";
        }

        return $"this is no capture: it begins with {Show(start[..Math.Min(start.Length, ShownLength)])}; pcap, pcapng, snoop and Network Monitor files are read";
    }

    private bool Fits(ReadOnlySpan<byte> start)
    {
        if (start.Length <= _first)
            return false;
        var place = start[_first..].IndexOf(_magic);
        return place >= 0 && place <= _last - _first;
    }

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
}
