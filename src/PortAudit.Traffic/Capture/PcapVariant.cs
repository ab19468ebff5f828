using System.Buffers.Binary;

namespace PortAudit.Traffic.Capture;

/// <summary>What the magic number of a pcap file says (draft-ietf-opsawg-pcap §4): byte order, timestamp unit and record header.</summary>
/// <param name="ByteOrder">Byte order of all headers.</param>
/// <param name="NanosecondsPerFraction">Unit of the timestamp's fraction: 1,000 or 1.</param>
/// <param name="RecordHeaderLength">Bytes before each frame.</param>
internal readonly record struct PcapVariant(ByteOrder ByteOrder, int NanosecondsPerFraction, int RecordHeaderLength)
{
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>Kuznetzov's libpcap of 1990s Linux: microseconds, and eight bytes more about interface, protocol and direction.</summary>
    private const uint Modified = 0xA1B2CD34;

    private const int PlainHeaderLength = 16;
    private const int ModifiedHeaderLength = 24;

    /// <summary>Decimal digits of a second that timestamps resolve.</summary>
    public int TimestampDigits => NanosecondsPerFraction == 1 ? 9 : 6;

    /// <summary>Reads the variant off the first four bytes; false when they are no pcap file's.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> magic, out PcapVariant variant)
    {
        var bigEndian = BinaryPrimitives.ReadUInt32BigEndian(magic);
        return TryFind(bigEndian, ByteOrder.BigEndian, out variant)
            || TryFind(BinaryPrimitives.ReverseEndianness(bigEndian), ByteOrder.LittleEndian, out variant);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var name = RecordHeaderLength == ModifiedHeaderLength ? "modified pcap" : "pcap";
        return $"{name}, {(NanosecondsPerFraction == 1 ? "nanoseconds" : "microseconds")}, {ByteOrder}";
    }

    private static bool TryFind(uint magic, ByteOrder order, out PcapVariant variant)
    {
        variant = magic switch
        {
            Microseconds => new PcapVariant(order, 1000, PlainHeaderLength),
            Nanoseconds => new PcapVariant(order, 1, PlainHeaderLength),
            Modified => new PcapVariant(order, 1000, ModifiedHeaderLength),
            _ => default,
        };
        return variant.RecordHeaderLength != 0;
    }
}
