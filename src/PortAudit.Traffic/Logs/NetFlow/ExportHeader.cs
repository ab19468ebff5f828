using System.Buffers.Binary;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The header of an export datagram: NetFlow v1, v5, v7 (Cisco, "NetFlow Export Datagram Format"), v9 (RFC
/// 3954 §5.1) or IPFIX (RFC 7011 §3.1).</summary>
internal readonly record struct ExportHeader
{
    /// <summary>IPFIX's version number.</summary>
    public const ushort Ipfix = 10;

    /// <summary>Longest datagram: the length of IPFIX and of UDP has 16 bits.</summary>
    public const int MaximumDatagram = ushort.MaxValue;

    /// <summary>No version: nfdump does not store it.</summary>
    private const ushort Stored = 0;

    private const ushort Version1 = 1;
    private const ushort Version5 = 5;
    private const ushort Version7 = 7;
    private const ushort Version9 = 9;
    private const int Length1 = 16;
    private const int Length5 = 24;
    private const int Length9 = 20;
    private const int LengthIpfix = 16;
    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Bits of the sampling interval in a header of v5; the two above are the mode.</summary>
    private const int SamplingBits = 0x3FFF;

    /// <summary>Version, 1, 5, 7, 9 or 10; 0 for what stands for a header (<see cref="OfStored"/>).</summary>
    public ushort Version { get; private init; }

    /// <summary>Records of v1, v5 and v7. In v9 records or sets, as exporters differ: not read.</summary>
    public ushort Count { get; private init; }

    /// <summary>Time since the exporter started, in milliseconds modulo 2^32; 0 in IPFIX.</summary>
    public uint UptimeMs { get; private init; }

    /// <summary>Time of the export, in nanoseconds since the Unix epoch; v9 and IPFIX count whole seconds.</summary>
    public long TimeNs { get; private init; }

    /// <summary>What its exporter counted before it: datagrams in v9, flows in v5 and v7, records of data in IPFIX,
    /// modulo 2^32.</summary>
    public uint Sequence { get; private init; }

    /// <summary>True when <see cref="Sequence"/> is there.</summary>
    public bool HasSequence => Version is not (Stored or Version1);

    /// <summary>Source ID, observation domain, or engine type and number.</summary>
    public uint Domain { get; private init; }

    /// <summary>One packet in so many was looked at, in v5; 0 when not said.</summary>
    public int Sampling { get; private init; }

    /// <summary>Length of the header, in bytes.</summary>
    public int Length { get; private init; }

    /// <summary>Length of the datagram by its header; 0 in v9, which does not say it.</summary>
    public int DatagramLength { get; private init; }

    /// <summary>True when templates describe its records.</summary>
    public bool HasSets => Version is Version9 or Ipfix;

    /// <summary>Length of a record without template.</summary>
    public int RecordLength => Version == Version5 ? FixedRecord.Length5 : FixedRecord.Length;

    /// <summary>What writes such records.</summary>
    public LogSource Source => Version switch
    {
        Stored => LogSource.Nfdump,
        Ipfix => LogSource.Ipfix,
        _ => LogSource.NetFlow,
    };

    /// <summary>Name of the format.</summary>
    public string Name => Version == Ipfix ? "IPFIX" : $"NetFlow v{Version}";

    /// <summary>Stands for the header of a record that nfdump stored.</summary>
    /// <param name="timeNs">When its datagram came, in nanoseconds since the Unix epoch.</param>
    /// <param name="exporter">Number of its exporter.</param>
    public static ExportHeader OfStored(long timeNs, uint exporter) => new() { TimeNs = timeNs, Domain = exporter };

    /// <summary>The same header under another number of a domain.</summary>
    public ExportHeader Of(uint domain) => this with { Domain = domain };

    /// <summary>True when <paramref name="bytes"/> begin with a whole header that can be one.
    /// <see cref="ParseError.BadLength"/>: no record, or a length below the header's.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ExportHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.Incomplete;
        if (bytes.Length < 2)
            return false;
        var version = Short(bytes, 0);
        var length = version switch
        {
            Version1 => Length1,
            Version5 or Version7 => Length5,
            Version9 => Length9,
            Ipfix => LengthIpfix,
            _ => 0,
        };
        error = length == 0 ? ParseError.BadVersion : bytes.Length < length ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        header = version switch
        {
            Version9 => OfVersion9(bytes),
            Ipfix => OfIpfix(bytes),
            _ => OfFixed(bytes, version, length),
        };
        error = header.Check(bytes);
        if (error != ParseError.None)
            header = default;
        return error == ParseError.None;
    }

    /// <summary>True when a datagram may begin here: a header, and behind it a set that can be one.</summary>
    public static bool IsStart(ReadOnlySpan<byte> bytes, out ExportHeader header)
    {
        if (!TryParse(bytes, out header, out _))
            return false;
        if (!header.HasSets || bytes.Length < header.Length + ExportSet.HeaderLength)
            return true;
        return ExportSet.IsKnown(header.Version, Short(bytes, header.Length))
            && Short(bytes, header.Length + 2) >= ExportSet.HeaderLength;
    }

    private ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (Version == Ipfix)
            return DatagramLength < LengthIpfix ? ParseError.BadLength : ParseError.None;
        if (Version == Version9)
            return ParseError.None;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) >= NanosecondsPerSecond)
            return ParseError.BadValue;
        return Count == 0 || DatagramLength > MaximumDatagram ? ParseError.BadLength : ParseError.None;
    }

    private static ExportHeader OfFixed(ReadOnlySpan<byte> bytes, ushort version, int length)
    {
        var header = new ExportHeader
        {
            Version = version,
            Count = Short(bytes, 2),
            UptimeMs = Word(bytes, 4),
            TimeNs = Seconds(bytes, 8) + Word(bytes, 12),
            Length = length,
            Sequence = version == Version1 ? 0 : Word(bytes, 16),
            Domain = version == Version5 ? Short(bytes, 20) : (uint)0,
            Sampling = version == Version5 ? Short(bytes, 22) & SamplingBits : 0,
        };
        return header with { DatagramLength = length + (header.Count * header.RecordLength) };
    }

    private static ExportHeader OfVersion9(ReadOnlySpan<byte> bytes) => new()
    {
        Version = Version9,
        Count = Short(bytes, 2),
        UptimeMs = Word(bytes, 4),
        TimeNs = Seconds(bytes, 8),
        Sequence = Word(bytes, 12),
        Domain = Word(bytes, 16),
        Length = Length9,
    };

    private static ExportHeader OfIpfix(ReadOnlySpan<byte> bytes) => new()
    {
        Version = Ipfix,
        DatagramLength = Short(bytes, 2),
        TimeNs = Seconds(bytes, 4),
        Sequence = Word(bytes, 8),
        Domain = Word(bytes, 12),
        Length = LengthIpfix,
    };

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static long Seconds(ReadOnlySpan<byte> bytes, int at) => Word(bytes, at) * (long)NanosecondsPerSecond;
}
