using System.Buffers.Binary;
using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture;

/// <summary>Layout of a pcap file, by its magic number (draft-ietf-opsawg-pcap §4) and, where writers share a number,
/// by its first records (<see cref="PcapRecords"/>).</summary>
/// <param name="ByteOrder">Byte order of all headers.</param>
/// <param name="NanosecondsPerFraction">Unit of the timestamp's fraction: 1,000 or 1.</param>
/// <param name="RecordHeaderLength">Bytes before each frame.</param>
/// <param name="Name">Name for users.</param>
internal readonly record struct PcapVariant(ByteOrder ByteOrder, int NanosecondsPerFraction, int RecordHeaderLength,
    string Name)
{
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>Kuznetzov's libpcap in 1990s Linux: microseconds, and eight more bytes about interface, protocol and
    /// direction.</summary>
    private const uint Modified = 0xA1B2CD34;

    // Ixia's capture files (lcap), by hardware and by software: the file header ends with the number of record bytes.
    private const uint IxiaNanoseconds = 0x1C0001AC;
    private const uint IxiaMicroseconds = 0x1C0001AB;

    private const string PlainName = "pcap";
    private const string ModifiedName = "modified pcap";
    private const string IxiaName = "pcap of Ixia";
    private const string AixName = "pcap of AIX";

    private const int PlainHeaderLength = 16;
    private const int ModifiedHeaderLength = 24;

    /// <summary>Four more bytes, undocumented.</summary>
    private const int NokiaHeaderLength = 20;

    /// <summary>A later patch of Kuznetzov's: two more processor numbers.</summary>
    private const int SuseHeaderLength = 28;

    private const int FileHeaderLengthOfMost = 24;
    private const int FileHeaderLengthOfIxia = 28;

    /// <summary>Length of the file header, in bytes.</summary>
    public int FileHeaderLength { get; private init; } = FileHeaderLengthOfMost;

    /// <summary>Decimal digits of a second in timestamps.</summary>
    public int TimestampDigits => NanosecondsPerFraction == 1 ? 9 : 6;

    /// <summary>Layouts with the same magic number, from systems with a patched libpcap.</summary>
    public ImmutableArray<PcapVariant> Relatives => (Name, NanosecondsPerFraction) switch
    {
        (PlainName, 1000) =>
        [
            this with { RecordHeaderLength = ModifiedHeaderLength, Name = "pcap of Red Hat 6.1" },
            this with { RecordHeaderLength = NokiaHeaderLength, Name = "pcap of Nokia" },
        ],
        (ModifiedName, _) => [this with { RecordHeaderLength = SuseHeaderLength, Name = "modified pcap of SuSE 6.3" }],
        _ => [],
    };

    /// <summary>Reads the variant from the first four bytes; false when they are not pcap's.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> magic, out PcapVariant variant)
    {
        var bigEndian = BinaryPrimitives.ReadUInt32BigEndian(magic);
        return TryFind(bigEndian, ByteOrder.BigEndian, out variant)
            || TryFind(BinaryPrimitives.ReverseEndianness(bigEndian), ByteOrder.LittleEndian, out variant);
    }

    /// <summary>AIX's layout: version 2.2 of the format with RFC 1573 interface types as link types, and nanoseconds;
    /// false for other systems' files.</summary>
    /// <param name="minorVersion">Minor version of the file.</param>
    /// <param name="linkType">Its link type field; translated.</param>
    /// <param name="variant">The layout.</param>
    public bool TryTakeAsAix(ushort minorVersion, ref LinkType linkType, out PcapVariant variant)
    {
        variant = this with { NanosecondsPerFraction = 1, Name = AixName };
        ushort? number = minorVersion != 2 || Name != PlainName ? null : linkType.Value switch
        {
            6 => 1, // Ethernet
            9 => 6, // Token Ring
            15 => 10, // FDDI
            24 => 0, // loopback
            _ => null,
        };
        if (number is not { } known)
            return false;
        linkType = new LinkType(known);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Name}, {(NanosecondsPerFraction == 1 ? "nanoseconds" : "microseconds")}, {ByteOrder}";

    private static bool TryFind(uint magic, ByteOrder order, out PcapVariant variant)
    {
        variant = magic switch
        {
            Microseconds => new PcapVariant(order, 1000, PlainHeaderLength, PlainName),
            Nanoseconds => new PcapVariant(order, 1, PlainHeaderLength, PlainName),
            Modified => new PcapVariant(order, 1000, ModifiedHeaderLength, ModifiedName),
            IxiaMicroseconds => new PcapVariant(order, 1000, PlainHeaderLength,
                IxiaName)
            { FileHeaderLength = FileHeaderLengthOfIxia },
            IxiaNanoseconds => new PcapVariant(order, 1, PlainHeaderLength,
                IxiaName)
            { FileHeaderLength = FileHeaderLengthOfIxia },
            _ => default,
        };
        return variant.RecordHeaderLength != 0;
    }
}
