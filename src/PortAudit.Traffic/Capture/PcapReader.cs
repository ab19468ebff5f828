using System.Globalization;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Reads pcap files (draft-ietf-opsawg-pcap) of either byte order, with microseconds or nanoseconds, in any
/// layout of <see cref="PcapVariant"/>. An implausible record is accepted when valid ones follow
/// (<see cref="PcapSuspect"/>). After a damaged one, reading resumes where <see cref="RecordSearch"/> finds valid ones;
/// frame numbers count the frames returned.</summary>
internal sealed class PcapReader : ICaptureSource
{
    /// <summary>Captured length beyond which a record is damaged: more than libpcap's MAXIMUM_SNAPLEN, 262,144
    /// bytes.</summary>
    public const int MaximumCapturedLength = 16 * 1024 * 1024;

    private const string Unit = "record";

    /// <summary>No time yet: no time is near it.</summary>
    private const long NoTime = long.MinValue;

    private const ushort CurrentMajorVersion = 2;
    private const ushort CurrentMinorVersion = 4;

    /// <summary>Written by tcpdump of DG/UX, with minor version 0 and the old order of lengths.</summary>
    private const ushort MajorVersionOfDgUx = 543;

    private readonly BlockBuffer _buffer;
    private readonly CaptureLedger _ledger = new();
    private PcapRecordLayout _layout;
    private PcapVariant? _unsettled;
    private readonly LinkType _linkType;
    private long _frames;
    private long _timeSoFarNs = NoTime;

    /// <summary>True when the following records are known to end exactly with the capture, so that odd lengths and
    /// times are accepted.</summary>
    private bool _isWholeChain;

    /// <summary>Bytes of the last record.</summary>
    private int _lastLength;

    private PcapReader(BlockBuffer buffer, PcapVariant variant, ushort minorVersion, CaptureInterface captureInterface,
        string path)
    {
        _buffer = buffer;
        _layout = new PcapRecordLayout(variant, minorVersion);
        _linkType = captureInterface.LinkType;
        Interfaces = [captureInterface];
        Path = path;
        Format = variant.ToString();
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public string Format { get; private set; }

    /// <inheritdoc />
    public IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <inheritdoc />
    public CaptureEnd? Ending { get; private set; }

    /// <inheritdoc />
    public CaptureAnnotations Annotations => _ledger.ToAnnotations(Interfaces);

    /// <inheritdoc />
    public CapturedPacket Current
    {
        get
        {
            var record = _buffer.Consumed(_lastLength, _lastLength);
            _layout.Read(record, out var timestampNs, out _, out _, out var original);
            return PacketOf(record, timestampNs, original);
        }
    }

    /// <summary>Reads the file header at the start of <paramref name="buffer"/>.</summary>
    /// <exception cref="CaptureFormatException">The header is cut, or of a version that was never written.</exception>
    public static PcapReader Open(BlockBuffer buffer, string path)
    {
        buffer.TryPeek(CaptureFormat.MagicLength, out var magic);
        PcapVariant.TryRecognise(magic, out var variant);
        if (!buffer.TryPeek(variant.FileHeaderLength, out var header))
            throw ReadingEnd.HeaderCut(buffer, "pcap", variant.FileHeaderLength, path);

        var order = variant.ByteOrder;
        var (major, minor) = (order.ReadUInt16(header[4..]), order.ReadUInt16(header[6..]));
        if (!(major == CurrentMajorVersion && minor <= CurrentMinorVersion)
            && !(major == MajorVersionOfDgUx && minor == 0))
            throw new CaptureFormatException(path, 4, string.Create(CultureInfo.InvariantCulture, $"this is pcap "
                + $"version {major}.{minor}; versions 2.0 to 2.4 are read, so the header is damaged or the writer "
                + $"unknown"));

        // The upper half of the link type field holds the length of a trailing frame check sequence (draft §4, "FCS
        // len" and the P flag), not needed because IP lengths end the payload before it.
        var linkType = new LinkType((ushort)order.ReadUInt32(header[20..]));
        var snapLength = order.ReadUInt32(header[16..]);
        buffer.Consume(variant.FileHeaderLength);
        if (variant.TryTakeAsAix(minor, ref linkType, out var aix))
            variant = aix;
        else if (minor == CurrentMinorVersion && buffer.Length is not null)
            variant = PcapRecords.Settle(buffer, variant, linkType);
        var reader = new PcapReader(buffer, variant, minor,
            new CaptureInterface(null, linkType, snapLength, null, variant.TimestampDigits), path);

        // Input without a length may be live: do not wait for its first record before it is requested.
        if (minor == CurrentMinorVersion && buffer.Length is null && !variant.Relatives.IsEmpty)
            reader._unsettled = variant;
        return reader;
    }

    /// <inheritdoc />
    public bool TryRead(out CapturedPacket packet)
    {
        while (Ending is null)
        {
            if (!_buffer.TryPeek(_layout.RecordHeaderLength, out var header))
            {
                Ending = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
                break;
            }

            _layout.Read(header, out var timestampNs, out var fraction, out var captured, out var original);
            if (captured > MaximumCapturedLength)
            {
                Resume(string.Create(CultureInfo.InvariantCulture,
                    $"claims {captured} captured bytes, more than any writer captures"), null);
                continue;
            }

            if (!IsSuspect(timestampNs, fraction, captured, original))
                _timeSoFarNs = timestampNs;
            else if (_isWholeChain)
                NoteOdd(fraction, captured, original, isTimeOdd: true);
            else if (!IsBelieved(new PcapSuspect(timestampNs, fraction, captured, original)))
                continue;

            if (!_buffer.TryPeek(_layout.RecordHeaderLength + (int)captured, out var record))
            {
                EndInside(captured);
                continue;
            }

            _buffer.Consume(record.Length);
            _frames++;
            _lastLength = record.Length;
            packet = PacketOf(record, timestampNs, original);
            return true;
        }

        packet = default;
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CapturedPacket PacketOf(ReadOnlySpan<byte> record, long timestampNs, uint original) =>
        new(_frames, timestampNs, 0, _linkType, (int)Math.Min(original, int.MaxValue),
            record[_layout.RecordHeaderLength..]);

    /// <summary>True when the header is implausible. A record without captured bytes is so too: nothing in it confirms
    /// its position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSuspect(long timestampNs, uint fraction, uint captured, uint original) =>
        captured - 1 >= original || fraction >= _layout.FractionsPerSecond
        || !RecordSearch.AreNear(timestampNs, _timeSoFarNs);

    /// <summary>True when the following bytes confirm the current record. False when the buffer has moved, or reading
    /// has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsBelieved(PcapSuspect suspect)
    {
        // The first record has no earlier time to compare with; if otherwise plausible, do not wait for a second.
        var isFirst = _timeSoFarNs == NoTime;
        if (_unsettled is { } variant)
            Settle(variant);
        if (isFirst)
            _timeSoFarNs = suspect.TimestampNs;
        if (isFirst && !IsSuspect(suspect.TimestampNs, suspect.Fraction, suspect.Captured, suspect.Original))
            return true;

        var longest = Math.Clamp(Interfaces[0].SnapLength, RecordSearch.MaximumCapturedLength, MaximumCapturedLength);
        var confirmation = suspect.Confirm(_buffer, _layout, isFirst ? null : _timeSoFarNs, longest);
        if (confirmation == PcapConfirmation.OfItsTime)
            _timeSoFarNs = suspect.TimestampNs;
        else if (isFirst)
            _timeSoFarNs = NoTime;
        if (confirmation == PcapConfirmation.None && PcapChain.EndsWithCapture(_buffer, _layout))
            _isWholeChain = true;
        if (confirmation != PcapConfirmation.None || _isWholeChain)
        {
            NoteOdd(suspect.Fraction, suspect.Captured, suspect.Original, isTimeOdd: _isWholeChain);
            return true;
        }

        // A plausible record that extends beyond the end is taken for the last one of a cut capture, as by other
        // readers.
        var end = _buffer.TryPeek(_layout.RecordHeaderLength + (int)suspect.Captured, out _)
            ? null
            : ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        if (end is not null && (_buffer.Failure is not null || suspect.MayBeCut(_layout)))
            Ending = end;
        else
            Resume(suspect.Contradiction(_buffer, _layout), end);
        return false;
    }

    private void NoteOdd(uint fraction, uint captured, uint original, bool isTimeOdd)
    {
        if (isTimeOdd || captured > original || fraction >= _layout.FractionsPerSecond)
            _ledger.AddOddRecord(_buffer.Offset);
    }

    private void Settle(PcapVariant variant)
    {
        _unsettled = null;
        variant = PcapRecords.Settle(_buffer, variant, _linkType);
        _layout = new PcapRecordLayout(variant, CurrentMinorVersion);
        Format = variant.ToString();
    }

    /// <summary>The capture ends inside the record: it is cut, unless the record claims more than writers capture,
    /// which may be damage.</summary>
    private void EndInside(uint captured)
    {
        var cut = ReadingEnd.OutOfBytes(_buffer, Unit, _frames);
        if (captured > RecordSearch.MaximumCapturedLength && _buffer.Failure is null)
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
        if (RecordSearch.TryFind(_buffer, _layout, _timeSoFarNs == NoTime ? null : _timeSoFarNs))
            _ledger.AddDamage(offset, _buffer.Offset - offset,
                ReadingEnd.PassedOver(offset, Unit, contradiction, _buffer.Offset));
        else
            Ending = otherwise;
    }
}
