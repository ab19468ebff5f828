using System.Globalization;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads captures of Microsoft Network Monitor, versions 1 and 2.0 to 2.3, little-endian. Layout:
/// <c>CAPTUREFILE_HEADER</c> in STRUCT.H of the Network Monitor SDK, and "Capture File Format" in the help of Network
/// Monitor 3.4; Wireshark's wiretap agrees.</summary>
/// <remarks>Before 2.3, times count from the capture's start, given in local time without a zone: read as UTC, so all
/// times may be off by the same hours. From 2.3 on frames have UTC times. Events, adapters, filters and caches among
/// the frames are no packets; those numbered by Wireshark count in frame numbers. A damaged record is skipped when the
/// frame table gives the next one's offset.</remarks>
internal sealed class NetworkMonitorReader : ICaptureSource
{
    private const int FileHeaderLength = 128;
    private const int MinorAt = 4;
    private const int MajorAt = 5;
    private const int NetworkAt = 6;
    private const int StartAt = 8;
    private const int TableOffsetAt = 24;
    private const int TableLengthAt = 28;
    private const string Unit = "record";

    private readonly BlockBuffer _buffer;
    private readonly CaptureLedger _ledger = new();
    private readonly NetworkMonitorVersion _version;
    private readonly NetworkMonitorNetwork _network;
    private readonly NetworkMonitorTable _table;
    private readonly long _startNs;
    private readonly long? _fileLength;
    private long _bytes = FileHeaderLength;
    private long _frames;
    private PacketLocation _last;

    private NetworkMonitorReader(BlockBuffer buffer, ReadOnlySpan<byte> header, NetworkMonitorVersion version,
        string path)
    {
        var order = ByteOrder.LittleEndian;
        _buffer = buffer;
        _version = version;
        _network = new NetworkMonitorNetwork(order.ReadUInt16(header[NetworkAt..]));
        if (!NetworkMonitorTime.TryReadStart(header[StartAt..], out _startNs) && !version.HasUtc)
            _ledger.AddDamage(StartAt, 0,
                Text($"the start of the capture at offset {StartAt} is no date; times count from 1970 instead"));
        var (tableOffset, tableLength) =
            (order.ReadUInt32(header[TableOffsetAt..]), order.ReadUInt32(header[TableLengthAt..]));
        _fileLength = buffer.Length;
        buffer.Consume(FileHeaderLength);
        _table = new NetworkMonitorTable(buffer, tableOffset, tableLength);
        if (tableLength % sizeof(uint) != 0)
            _ledger.AddDamage(TableLengthAt, 0,
                string.Create(CultureInfo.InvariantCulture,
                    $"the frame table has the length {tableLength}, which is no multiple of the {sizeof(uint)} "
                        + $"bytes of an entry; what is left over is not read"));
        Interfaces = [new CaptureInterface(null, _network.LinkType, 0, null, version.TimestampDigits)];
        Path = path;
    }

    /// <summary>First four bytes in version 1.</summary>
    public static ReadOnlySpan<byte> Magic1 => "RTSS"u8;

    /// <summary>First four bytes in version 2.</summary>
    public static ReadOnlySpan<byte> Magic2 => "GMBU"u8;

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public string Format => _version.ToString();

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CaptureAnnotations Annotations => _ledger.ToAnnotations(Interfaces);

    /// <inheritdoc />
    public CapturedPacket Current => _last.View(_buffer);

    /// <summary>Reads the file header at the start of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or its version unknown.</exception>
    public static NetworkMonitorReader Open(BlockBuffer buffer, string path)
    {
        if (!buffer.TryPeek(FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "Network Monitor", FileHeaderLength, path);

        var version = new NetworkMonitorVersion(header[MajorAt], header[MinorAt]);
        return version.IsKnown
            ? new NetworkMonitorReader(buffer, header, version, path)
            : throw new CaptureFormatException(path, MinorAt,
                Text($"this is {version}; versions 1 and 2 are read, so the header is damaged"));
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        while (Ending is null)
        {
            if (!_table.TryGoToNext())
            {
                Ending = EndOfTable();
                break;
            }

            if (!_table.IsWritten && _buffer.Offset == FileHeaderLength)
                _ledger.AddDamage(TableOffsetAt, 0,
                    string.Create(CultureInfo.InvariantCulture,
                    $"the header names no frame table at offset {TableOffsetAt}, as its writer was stopped; records "
                        + $"are read one after the other"));
            if (TryReadRecord())
            {
                packet = Current;
                return true;
            }
        }

        packet = default;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the current record; false when it is damaged or holds no packet.</summary>
    private bool TryReadRecord()
    {
        if (!_buffer.TryPeek(_version.RecordHeaderLength, out var header))
            return Lacks();

        var (original, captured) = ReadLengths(header);
        if (captured > PcapReader.MaximumCapturedLength)
            return Damaged(Text($"claims {captured} captured bytes, more than any writer captures"));
        if (!_buffer.TryPeek(_version.RecordHeaderLength + (int)captured + _version.TrailerLength, out var record))
            return Lacks();

        _bytes += record.Length;
        if (_bytes > _fileLength)
        {
            Ending = ReadingEnd.Damaged(_buffer.Offset, Unit,
                "overlaps others: the frame table names more bytes than the file holds", _frames);
            return false;
        }

        _buffer.Consume(record.Length);
        return TryHandOut(record, original, (int)captured);
    }

    private (uint Original, uint Captured) ReadLengths(ReadOnlySpan<byte> header)
    {
        var order = ByteOrder.LittleEndian;
        return _version.Major == 1
            ? (order.ReadUInt16(header[4..]), order.ReadUInt16(header[6..]))
            : (order.ReadUInt32(header[8..]), order.ReadUInt32(header[12..]));
    }

    private bool TryHandOut(ReadOnlySpan<byte> record, uint original, int captured)
    {
        var trailer = record[^_version.TrailerLength..];
        var network = _version.HasNetworkPerFrame
            ? new NetworkMonitorNetwork(ByteOrder.LittleEndian.ReadUInt16(trailer))
            : _network;
        if (network.IsMetadata)
        {
            if (network.IsNumberedMetadata)
                _frames++;
            return false;
        }

        var timestampNs = _version.HasUtc
            ? NetworkMonitorTime.ReadUtc(trailer[6..])
            : NetworkMonitorTime.Add(_startNs, record, _version);
        var prefix = network.PrefixLength(record.Slice(_version.RecordHeaderLength, captured));
        var length = (int)Math.Min(original, int.MaxValue);
        _last = new PacketLocation(++_frames, timestampNs, 0, network.LinkType, Math.Max(0, length - prefix),
            captured - prefix + trailer.Length, captured - prefix);
        return true;
    }

    private CaptureEnd EndOfTable()
    {
        if (_buffer.Failure is not null)
            return ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        if (_table.IsFollowed)
            return new CaptureEnd(CaptureEndKind.Complete, _fileLength!.Value, "");
        if (!_table.IsWritten)
            return new CaptureEnd(CaptureEndKind.Complete, _fileLength ?? _buffer.Offset, "");
        return _table.AgreesBehindRecords() switch
        {
            true => new CaptureEnd(CaptureEndKind.Complete, _buffer.Offset, ""),
            false => ReadingEnd.Damaged(_buffer.Offset, "frame table that ends", "names other places than those that "
                + "the records were read from; name the file itself, so that its table is followed", _frames),
            null => new CaptureEnd(CaptureEndKind.Cut, _buffer.Offset, Text(
                $"the capture ends in its frame table at offset {_buffer.Offset}; the frames before it were read")),
        };
    }

    /// <summary>The capture ends inside the record.</summary>
    private bool Lacks()
    {
        if (_table.IsFollowed && _buffer.Failure is null)
            return Damaged("reaches beyond the end of the capture");
        var end = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        Ending = end.IsComplete
            ? new CaptureEnd(CaptureEndKind.Cut, end.Offset,
                Text($"the capture ends at offset {end.Offset}, before the last of its {_table.Frames} records"))
            : end;
        return false;
    }

    private bool Damaged(string contradiction)
    {
        var offset = _buffer.Offset;
        if (_table.IsFollowed)
            _ledger.AddDamage(offset, 0,
                string.Create(CultureInfo.InvariantCulture,
                    $"the record at offset {offset} {contradiction}; reading goes on with the next that the frame "
                        + $"table names"));
        else
            Ending = ReadingEnd.Damaged(offset, Unit, $"{contradiction}, as it stands behind the one before; name the "
                + $"file itself, so that its frame table is followed", _frames);
        return false;
    }
}
