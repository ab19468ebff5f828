using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>A format that is recognised only to refuse it with the way out.</summary>
internal sealed class ForeignFormat
{
    /// <summary>Bytes that are enough to tell all of <see cref="All"/>.</summary>
    public const int LongestMagic = 8;

    private readonly byte[] _magic;
    private readonly string _name;
    private readonly string _remedy;

    private ForeignFormat(ReadOnlySpan<byte> magic, string name, string remedy)
    {
        _magic = magic.ToArray();
        _name = name;
        _remedy = remedy;
    }

    private static ImmutableArray<ForeignFormat> All { get; } =
    [
        new([0x1F, 0x8B], "gzip data (RFC 1952) once more", Unpack("gzip")),
        new([0x28, 0xB5, 0x2F, 0xFD], "Zstandard data (RFC 8878)", Unpack("zstd")),
        new([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "xz data", Unpack("xz")),
        new([0x04, 0x22, 0x4D, 0x18], "LZ4 data", Unpack("lz4")),
        new("BZh"u8, "bzip2 data", Unpack("bzip2")),
        new("PK\x03\x04"u8, "a zip archive", "unpack it: unzip FILE"),
    ];

    /// <summary>Says what input that begins with <paramref name="start"/> is, as far as that can be told, and what to do.</summary>
    public static string Explain(ReadOnlySpan<byte> start)
    {
        foreach (var format in All)
        {
            if (start.StartsWith(format._magic))
                return $"this is {format._name}, which is not read directly; {format._remedy}";
        }

        return $"this is no capture: it begins with {Show(start)}; pcap, pcapng, snoop and Network Monitor files are read";
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
