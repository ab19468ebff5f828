using System.Buffers.Binary;
using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads a snoop file (RFC 1761), version 2: big-endian, with microseconds.</summary>
internal sealed class SnoopReader : ICaptureSource
{
    private const int FileHeaderLength = 16;
    private const int RecordHeaderLength = 24;
    private const uint Version = 2;
    private const string Unit = "record";
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1000;

    /// <summary>
    /// Bytes between the frame and the end of its record beyond which a record is damaged. RFC 1761 pads to four bytes, other
    /// writers keep up to some tens of bytes of their own there.
    /// </summary>
    private const uint MaximumPadding = 1024;

    private readonly BlockBuffer _buffer;
    private readonly LinkType _linkType;
    private long _frames;
    private PacketPlace _last;

    private SnoopReader(BlockBuffer buffer, LinkType linkType, string path)
    {
        _buffer = buffer;
        _linkType = linkType;
        Interfaces = [new CaptureInterface(null, linkType, 0, null, 6)];
        Path = path;
    }

    /// <summary>The identification pattern with which a file begins (RFC 1761, "File Header").</summary>
    public static ReadOnlySpan<byte> Magic => "snoop\0\0\0"u8;

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public string Format => "snoop, microseconds, big-endian";

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the file header, which stands at the begin of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or of another version.</exception>
    public static SnoopReader Open(BlockBuffer buffer, string path)
    {
        if (!buffer.TryPeek(FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "snoop", FileHeaderLength, path);

        var version = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        if (version != Version)
            throw new CaptureFormatException(path, 8, string.Create(CultureInfo.InvariantCulture, $"this is snoop version {version}; version {Version} is read, so convert it with: editcap -F pcapng FILE FILE.pcapng"));

        var linkType = LinkTypeOf(BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        buffer.Consume(FileHeaderLength);
        return new SnoopReader(buffer, linkType, path);
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (Ending is not null)
            return false;
        if (!_buffer.TryPeek(RecordHeaderLength, out var header))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));

        // The count of dropped packets, at 12, is not read.
        var original = BinaryPrimitives.ReadUInt32BigEndian(header);
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var timestampNs = BinaryPrimitives.ReadUInt32BigEndian(header[16..]) * NanosecondsPerSecond
            + BinaryPrimitives.ReadUInt32BigEndian(header[20..]) * NanosecondsPerMicrosecond;
        if (captured > PcapReader.MaximumCapturedLength)
            return Damaged(string.Create(CultureInfo.InvariantCulture, $"claims {captured} captured bytes, more than any writer captures"));
        var least = RecordHeaderLength + captured;
        if (length < least || length > least + MaximumPadding)
            return Damaged(string.Create(CultureInfo.InvariantCulture, $"has the length {length}, which does not fit its {captured} captured bytes"));

        if (!_buffer.TryPeek((int)length, out var record))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));
        _buffer.Consume(record.Length);
        _last = new PacketPlace(++_frames, timestampNs, 0, _linkType, (int)Math.Min(original, int.MaxValue), record.Length - RecordHeaderLength, (int)captured);
        packet = Current;
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <summary>The link type of a datalink type (RFC 1761, and the snoop datalink types that IANA registers).</summary>
    private static LinkType LinkTypeOf(uint datalinkType) => datalinkType switch
    {
        0 or 4 => LinkType.Ethernet,
        2 => new LinkType(6),    // IEEE 802.5 token ring
        8 => new LinkType(10),   // FDDI
        16 => new LinkType(122), // Fibre Channel: LINKTYPE_IP_OVER_FC
        18 => new LinkType(123), // ATM Classical IP: LINKTYPE_SUNATM
        _ => LinkType.Unknown,
    };

    private bool Damaged(string contradiction) => EndWith(ReadingEnd.Damaged(_buffer.Offset, Unit, contradiction, _frames));

    private bool EndWith(CaptureEnd end)
    {
        Ending = end;
        return false;
    }
}
