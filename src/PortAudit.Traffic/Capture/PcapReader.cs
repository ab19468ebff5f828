using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads a pcap file (draft-ietf-opsawg-pcap), of either byte order, with microseconds or nanoseconds.</summary>
internal sealed class PcapReader : ICaptureSource
{
    /// <summary>
    /// Captured length beyond which a record is damaged. libpcap writes at most 262,144 bytes a frame (MAXIMUM_SNAPLEN),
    /// other writers more; 16 MiB is beyond all of them.
    /// </summary>
    public const int MaximumCapturedLength = 16 * 1024 * 1024;

    private const int FileHeaderLength = 24;
    private const string Unit = "record";
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly BlockBuffer _buffer;
    private readonly PcapVariant _variant;
    private readonly LengthOrder _lengthOrder;
    private readonly LinkType _linkType;
    private long _frames;
    private PacketPlace _last;

    private PcapReader(BlockBuffer buffer, PcapVariant variant, LengthOrder lengthOrder, CaptureInterface captureInterface, string path)
    {
        _buffer = buffer;
        _variant = variant;
        _lengthOrder = lengthOrder;
        _linkType = captureInterface.LinkType;
        Interfaces = [captureInterface];
        Path = path;
        Format = variant.ToString();
    }

    /// <summary>Which of a record's two lengths comes first: the order was changed in version 2.3, which was written both ways.</summary>
    private enum LengthOrder
    {
        CapturedFirst,
        OriginalFirst,
        SmallerIsCaptured,
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public string Format { get; }

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the file header, which stands at the begin of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or of a version that was never written.</exception>
    public static PcapReader Open(BlockBuffer buffer, PcapVariant variant, string path)
    {
        if (!buffer.TryPeek(FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "pcap", FileHeaderLength, path);

        var order = variant.ByteOrder;
        var (major, minor) = (order.ReadUInt16(header[4..]), order.ReadUInt16(header[6..]));
        if (major != 2 || minor > 4)
            throw new CaptureFormatException(path, 4, string.Create(CultureInfo.InvariantCulture, $"this is pcap version {major}.{minor}; versions 2.0 to 2.4 are read, so the header is damaged or the writer unknown"));

        // The upper half of the link type field holds the length of a trailing frame check sequence (draft §4, "FCS len"
        // and the P flag). It is not needed: the lengths in IP headers end the payload before it.
        var linkType = new LinkType((ushort)order.ReadUInt32(header[20..]));
        var snapLength = order.ReadUInt32(header[16..]);
        buffer.Consume(FileHeaderLength);
        return new PcapReader(buffer, variant, LengthOrderOf(minor), new CaptureInterface(null, linkType, snapLength, null, variant.TimestampDigits), path);
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (Ending is not null)
            return false;
        if (!_buffer.TryPeek(_variant.RecordHeaderLength, out var header))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));

        var order = _variant.ByteOrder;
        var timestampNs = order.ReadUInt32(header) * NanosecondsPerSecond + (long)order.ReadUInt32(header[4..]) * _variant.NanosecondsPerFraction;
        var (captured, original) = (order.ReadUInt32(header[8..]), order.ReadUInt32(header[12..]));
        if (_lengthOrder == LengthOrder.OriginalFirst || (_lengthOrder == LengthOrder.SmallerIsCaptured && captured > original))
            (captured, original) = (original, captured);
        if (captured > MaximumCapturedLength)
            return EndWith(ReadingEnd.Damaged(_buffer.Offset, Unit, string.Create(CultureInfo.InvariantCulture, $"claims {captured} captured bytes, more than any writer captures"), _frames));

        if (!_buffer.TryPeek(_variant.RecordHeaderLength + (int)captured, out var record))
            return EndWith(ReadingEnd.OutOfBytes(_buffer, Unit, _frames));
        _buffer.Consume(record.Length);
        _last = new PacketPlace(++_frames, timestampNs, 0, _linkType, (int)Math.Min(original, int.MaxValue), (int)captured, (int)captured);
        packet = Current;
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private static LengthOrder LengthOrderOf(ushort minorVersion) => minorVersion switch
    {
        < 3 => LengthOrder.OriginalFirst,
        3 => LengthOrder.SmallerIsCaptured,
        _ => LengthOrder.CapturedFirst,
    };

    private bool EndWith(CaptureEnd end)
    {
        Ending = end;
        return false;
    }
}
