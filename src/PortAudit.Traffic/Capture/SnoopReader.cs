using System.Buffers.Binary;
using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads snoop files (RFC 1761), version 2: big-endian, with microseconds. After a damaged record reading
/// resumes where <see cref="RecordSearch"/> finds valid ones; frame numbers count the frames returned.</summary>
internal sealed class SnoopReader : ICaptureSource, IRecordFormat
{
    private const int FileHeaderLength = 16;
    private const int RecordHeaderLength = 24;
    private const int CapturedAt = 4;
    private const int LengthAt = 8;
    private const int DropsAt = 12;
    private const int SecondsAt = 16;
    private const int MicrosecondsAt = 20;
    private const uint Version = 2;
    private const string Unit = "record";
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1000;
    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>Largest padding of a valid record. RFC 1761 pads to four bytes; other writers store some tens of bytes
    /// of their own.</summary>
    private const uint MaximumPadding = 1024;

    private readonly BlockBuffer _buffer;
    private readonly CaptureLedger _ledger = new();
    private readonly LinkType _linkType;
    private long _frames;
    private PacketLocation _last;

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
    public CaptureAnnotations Annotations => _ledger.ToAnnotations(Interfaces);

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the file header at the start of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or of another version.</exception>
    public static SnoopReader Open(BlockBuffer buffer, string path)
    {
        if (!buffer.TryPeek(FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "snoop", FileHeaderLength, path);

        var version = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        if (version != Version)
            throw new CaptureFormatException(path, 8, string.Create(CultureInfo.InvariantCulture, $"this is snoop "
                + $"version {version}; version {Version} is read, so convert it with: editcap -F pcapng FILE "
                + $"FILE.pcapng"));

        var linkType = LinkTypeOf(BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        buffer.Consume(FileHeaderLength);
        return new SnoopReader(buffer, linkType, path);
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        while (Ending is null)
        {
            if (!_buffer.TryPeek(RecordHeaderLength, out var header))
                Ending = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
            else if (!HasSoundLengths(header))
                Resume(ContradictionOf(header), null);
            else if (!_buffer.TryPeek((int)BinaryPrimitives.ReadUInt32BigEndian(header[LengthAt..]), out var record))
                EndInside();
            else
            {
                HandOut(record, out packet);
                return true;
            }
        }

        packet = default;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <summary>The link type of a datalink type (RFC 1761, and the snoop datalink types that IANA
    /// registers).</summary>
    private static LinkType LinkTypeOf(uint datalinkType) => datalinkType switch
    {
        0 or 4 => LinkType.Ethernet,
        2 => new LinkType(6),    // IEEE 802.5 token ring
        8 => new LinkType(10),   // FDDI
        16 => new LinkType(122), // Fibre Channel: LINKTYPE_IP_OVER_FC
        18 => new LinkType(123), // ATM Classical IP: LINKTYPE_SUNATM
        _ => LinkType.Unknown,
    };

    /// <inheritdoc />
    int IRecordFormat.RecordHeaderLength => RecordHeaderLength;

    /// <inheritdoc />
    bool IRecordFormat.TryRecogniseRecord(ReadOnlySpan<byte> header, out int recordLength, out long timestampNs)
    {
        (recordLength, timestampNs) = (0, TimeOf(header));
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[CapturedAt..]);
        if (captured is 0 or > RecordSearch.MaximumCapturedLength
            || captured > BinaryPrimitives.ReadUInt32BigEndian(header) || !HasSoundLengths(header))
            return false;
        recordLength = (int)BinaryPrimitives.ReadUInt32BigEndian(header[LengthAt..]);
        return BinaryPrimitives.ReadUInt32BigEndian(header[MicrosecondsAt..]) < MicrosecondsPerSecond;
    }

    private static long TimeOf(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32BigEndian(header[SecondsAt..]) * NanosecondsPerSecond
        + BinaryPrimitives.ReadUInt32BigEndian(header[MicrosecondsAt..]) * NanosecondsPerMicrosecond;

    private static bool HasSoundLengths(ReadOnlySpan<byte> header)
    {
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[CapturedAt..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[LengthAt..]);
        var least = RecordHeaderLength + (long)captured;
        return captured <= PcapReader.MaximumCapturedLength && length >= least && length <= least + MaximumPadding;
    }

    /// <summary>What is wrong with a header's lengths, a clause.</summary>
    private static string ContradictionOf(ReadOnlySpan<byte> header)
    {
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[CapturedAt..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[LengthAt..]);
        return captured > PcapReader.MaximumCapturedLength
            ? string.Create(CultureInfo.InvariantCulture,
                $"claims {captured} captured bytes, more than any writer captures")
            : string.Create(CultureInfo.InvariantCulture,
                $"has the length {length}, which does not fit its {captured} captured bytes");
    }

    private void HandOut(ReadOnlySpan<byte> record, out CapturedPacket packet)
    {
        _buffer.Consume(record.Length);
        var original = BinaryPrimitives.ReadUInt32BigEndian(record);
        var captured = (int)BinaryPrimitives.ReadUInt32BigEndian(record[CapturedAt..]);

        // The count is cumulative. RFC 1761 has no value for "unknown", so a converter's zeros mean no loss.
        _ledger.RaiseLost(0, BinaryPrimitives.ReadUInt32BigEndian(record[DropsAt..]));
        _last = new PacketLocation(++_frames, TimeOf(record), 0, _linkType, (int)Math.Min(original, int.MaxValue),
            record.Length - RecordHeaderLength, captured);
        packet = Current;
    }

    /// <summary>The capture ends inside the record: it is cut, unless the record claims more than writers capture, or
    /// more than the frame had, which may be damage.</summary>
    private void EndInside()
    {
        var cut = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        _buffer.TryPeek(RecordHeaderLength, out var header);
        var captured = BinaryPrimitives.ReadUInt32BigEndian(header[CapturedAt..]);
        if (_buffer.Failure is null && (captured > RecordSearch.MaximumCapturedLength
            || captured > BinaryPrimitives.ReadUInt32BigEndian(header)))
            Resume(string.Create(CultureInfo.InvariantCulture,
                $"claims {captured} captured bytes, more than the capture holds"), cut);
        else
            Ending = cut;
    }

    /// <summary>Moves to the next valid record; without one, reading ends at the damaged one.</summary>
    private void Resume(string contradiction, CaptureEnd? otherwise)
    {
        var offset = _buffer.Offset;
        otherwise ??= ReadingEnd.Damaged(offset, Unit, contradiction, _frames);
        _buffer.Consume(1);
        if (RecordSearch.TryFind(_buffer, this, _frames > 0 ? _last.TimestampNs : null))
            _ledger.AddDamage(offset, _buffer.Offset - offset,
                ReadingEnd.PassedOver(offset, Unit, contradiction, _buffer.Offset));
        else
            Ending = otherwise;
    }
}
