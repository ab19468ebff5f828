using System.Globalization;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>
/// Reads a pcap file (draft-ietf-opsawg-pcap), of either byte order, with microseconds or nanoseconds, in any layout of <see cref="PcapVariant"/>. Behind a damaged record reading
/// goes on where <see cref="RecordSearch"/> finds sound ones; frame numbers go on counting what is handed out.
/// </summary>
internal sealed class PcapReader : ICaptureSource, IRecordFormat
{
    /// <summary>
    /// Captured length beyond which a record is damaged. libpcap writes at most 262,144 bytes a frame (MAXIMUM_SNAPLEN),
    /// other writers more; 16 MiB is beyond all of them.
    /// </summary>
    public const int MaximumCapturedLength = 16 * 1024 * 1024;

    private const string Unit = "record";
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const ushort CurrentMajorVersion = 2;
    private const ushort CurrentMinorVersion = 4;

    /// <summary>What tcpdump of DG/UX wrote, with minor version 0 and the lengths in the order of old.</summary>
    private const ushort MajorVersionOfDgUx = 543;

    private readonly BlockBuffer _buffer;
    private readonly CaptureLedger _ledger = new();
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
    public CaptureAnnotations Annotations => _ledger.ToAnnotations(Interfaces);

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the file header, which stands at the begin of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or of a version that was never written.</exception>
    public static PcapReader Open(BlockBuffer buffer, PcapVariant variant, string path)
    {
        if (!buffer.TryPeek(variant.FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "pcap", variant.FileHeaderLength, path);

        var order = variant.ByteOrder;
        var (major, minor) = (order.ReadUInt16(header[4..]), order.ReadUInt16(header[6..]));
        if (!(major == CurrentMajorVersion && minor <= CurrentMinorVersion) && !(major == MajorVersionOfDgUx && minor == 0))
            throw new CaptureFormatException(path, 4, string.Create(CultureInfo.InvariantCulture, $"this is pcap version {major}.{minor}; versions 2.0 to 2.4 are read, so the header is damaged or the writer unknown"));

        // The upper half of the link type field holds the length of a trailing frame check sequence (draft §4, "FCS len"
        // and the P flag). It is not needed: the lengths in IP headers end the payload before it.
        var linkType = new LinkType((ushort)order.ReadUInt32(header[20..]));
        var snapLength = order.ReadUInt32(header[16..]);
        buffer.Consume(variant.FileHeaderLength);
        if (variant.TryTakeAsAix(minor, ref linkType, out var aix))
            variant = aix;
        else if (minor == CurrentMinorVersion)
            variant = PcapRecords.Settle(buffer, variant);
        return new PcapReader(buffer, variant, LengthOrderOf(minor), new CaptureInterface(null, linkType, snapLength, null, variant.TimestampDigits), path);
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        while (Ending is null)
        {
            if (!_buffer.TryPeek(_variant.RecordHeaderLength, out var header))
            {
                Ending = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
                break;
            }

            ReadHeader(header, out var timestampNs, out var captured, out var original);
            if (captured > MaximumCapturedLength)
                GoOn(string.Create(CultureInfo.InvariantCulture, $"claims {captured} captured bytes, more than any writer captures"), null);
            else if (!_buffer.TryPeek(_variant.RecordHeaderLength + (int)captured, out var record))
                EndInside(captured);
            else
            {
                _buffer.Consume(record.Length);
                _last = new PacketPlace(++_frames, timestampNs, 0, _linkType, (int)Math.Min(original, int.MaxValue), (int)captured, (int)captured);
                packet = new CapturedPacket(_frames, timestampNs, 0, _linkType, _last.OriginalLength, record[_variant.RecordHeaderLength..]);
                return true;
            }
        }

        packet = default;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <inheritdoc />
    int IRecordFormat.RecordHeaderLength => _variant.RecordHeaderLength;

    /// <inheritdoc />
    bool IRecordFormat.TryRecogniseRecord(ReadOnlySpan<byte> header, out int recordLength, out long timestampNs)
    {
        ReadHeader(header, out timestampNs, out var captured, out var original);
        var fraction = _variant.ByteOrder.ReadUInt32(header[4..]);
        recordLength = _variant.RecordHeaderLength + (int)Math.Min(captured, RecordSearch.MaximumCapturedLength);
        return captured is > 0 and <= RecordSearch.MaximumCapturedLength && captured <= original && original <= MaximumCapturedLength
            && fraction * (long)_variant.NanosecondsPerFraction < NanosecondsPerSecond;
    }

    private static LengthOrder LengthOrderOf(ushort minorVersion) => minorVersion switch
    {
        < 3 => LengthOrder.OriginalFirst,
        3 => LengthOrder.SmallerIsCaptured,
        _ => LengthOrder.CapturedFirst,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadHeader(ReadOnlySpan<byte> header, out long timestampNs, out uint captured, out uint original)
    {
        var order = _variant.ByteOrder;
        timestampNs = order.ReadUInt32(header) * NanosecondsPerSecond + (long)order.ReadUInt32(header[4..]) * _variant.NanosecondsPerFraction;
        (captured, original) = (order.ReadUInt32(header[8..]), order.ReadUInt32(header[12..]));
        if (_lengthOrder == LengthOrder.OriginalFirst || (_lengthOrder == LengthOrder.SmallerIsCaptured && captured > original))
            (captured, original) = (original, captured);
    }

    /// <summary>The capture ends before the record does: it is cut, unless the record claims more than writers capture, which may be a lie.</summary>
    private void EndInside(uint captured)
    {
        var cut = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        if (captured > RecordSearch.MaximumCapturedLength && _buffer.Failure is null)
            GoOn(string.Create(CultureInfo.InvariantCulture, $"claims {captured} captured bytes, more than the capture holds"), cut);
        else
            Ending = cut;
    }

    /// <summary>Goes to the next sound record; without one, reading ends at the damaged one.</summary>
    private void GoOn(string contradiction, CaptureEnd? otherwise)
    {
        var offset = _buffer.Offset;
        otherwise ??= ReadingEnd.Damaged(offset, Unit, contradiction, _frames);
        _buffer.Consume(1);
        if (RecordSearch.TryFind(_buffer, this, _frames > 0 ? _last.TimestampNs : null))
            _ledger.AddDamage(offset, _buffer.Offset - offset, ReadingEnd.PassedOver(offset, Unit, contradiction, _buffer.Offset));
        else
            Ending = otherwise;
    }
}
