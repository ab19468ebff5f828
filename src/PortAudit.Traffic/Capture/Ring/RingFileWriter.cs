using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture.Ring;

/// <summary>One ring file being written. Passes only whole blocks to the system, so a concurrent reader sees none cut,
/// and a killed process leaves at most the last one cut. Throws file system errors.</summary>
internal sealed class RingFileWriter : IDisposable
{
    /// <summary>Bytes buffered before writing.</summary>
    public const int GatheredBytes = 1 << 18;

    private readonly MemoryStream _gathered;
    private readonly Stream _file;
    private readonly PcapngWriter _writer;
    private long _bytes;
    private long _packets;
    private long _packetsWritten;
    private int _interfaces;
    private long _firstFrame;
    private long _firstNs;
    private long _earliestNs;
    private long _latestNs;

    private RingFileWriter(string path, Stream file, MemoryStream gathered, CaptureWriter writer)
    {
        (Path, _file, _gathered) = (path, file, gathered);
        gathered.SetLength(0);
        _writer = new PcapngWriter(gathered, writer);
    }

    public string Path { get; }

    /// <summary>Packets not yet written to the file.</summary>
    public long PacketsGathered => _packets - _packetsWritten;

    /// <summary>Creates a new file, never overwriting one. Readable by owner and group.</summary>
    public static Stream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        return new FileStream(path, options);
    }

    /// <summary>Begins a file with its interfaces; removes it again on failure.</summary>
    public static RingFileWriter Begin(string path, Func<string, Stream> create, MemoryStream gathered,
        CaptureWriter writer, IReadOnlyList<CaptureInterface> interfaces)
    {
        var file = create(path);
        var begun = new RingFileWriter(path, file, gathered, writer);
        try
        {
            begun.Describe(interfaces);
            begun.Flush();
            return begun;
        }
        catch (Exception exception) when (PcapngRing.IsOfFileSystem(exception))
        {
            begun.Abandon();
            throw;
        }
    }

    /// <summary>True when a packet must begin another file.</summary>
    public bool IsFullFor(in CapturedPacket packet, long maximumBytes, long periodNs) =>
        _packets > 0 && (_bytes + _gathered.Length + PcapngWriter.LengthOf(packet) > maximumBytes
            || packet.TimestampNs - _firstNs >= periodNs || _firstNs - packet.TimestampNs >= periodNs);

    /// <summary>Adds a packet. Allocates nothing once the interfaces are described and the buffer fits the longest
    /// packet.</summary>
    public void Write(in CapturedPacket packet, IReadOnlyList<CaptureInterface> interfaces)
    {
        if (_interfaces < interfaces.Count)
            Describe(interfaces);
        if (_packets++ == 0)
            (_firstFrame, _firstNs, _earliestNs, _latestNs) =
                (packet.Number, packet.TimestampNs, packet.TimestampNs, packet.TimestampNs);
        _earliestNs = Math.Min(_earliestNs, packet.TimestampNs);
        _latestNs = Math.Max(_latestNs, packet.TimestampNs);
        _writer.Write(packet.InterfaceIndex, packet, []);
        if (_gathered.Length >= GatheredBytes)
            Flush();
    }

    /// <summary>Writes buffered blocks.</summary>
    public void Flush()
    {
        _file.Write(_gathered.GetBuffer().AsSpan(0, (int)_gathered.Length));
        _bytes += _gathered.Length;
        _packetsWritten = _packets;
        _gathered.SetLength(0);
    }

    /// <summary>Ends the file with each interface's counts since the previous file, and closes it.</summary>
    /// <param name="counters">Current counters.</param>
    /// <param name="before">Counters at the end of the previous file.</param>
    public void End(ImmutableArray<InterfaceStatistics> counters, ImmutableArray<InterfaceStatistics> before)
    {
        foreach (var now in counters.Where(now => _packets > 0 && now.Interface < _interfaces))
            _writer.WriteStatistics(now.Interface,
                now.Since(before.FirstOrDefault(earlier =>
                    earlier.Interface == now.Interface)), _earliestNs, _latestNs);
        Flush();
        Dispose();
    }

    /// <summary>Closes a file after a write error: cuts off a partial block and removes a file without packets. Throws
    /// nothing.</summary>
    public void Abandon()
    {
        try
        {
            if (_packetsWritten == 0)
                File.Delete(Path);
            else
                _file.SetLength(_bytes);
        }
        catch (Exception exception) when (PcapngRing.IsOfFileSystem(exception))
        {
            // It remains valid up to its last block.
        }

        Dispose();
    }

    /// <summary>Description of the file; null while it holds no packet.</summary>
    /// <param name="onlyWritten">True to count only packets written to the file.</param>
    public RingFile? ToFile(bool onlyWritten = false) =>
        (onlyWritten ? _packetsWritten : _packets) is > 0 and var packets
            ? new RingFile(Path, _firstFrame, packets, _earliestNs, _latestNs)
            : null;

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (Exception exception) when (PcapngRing.IsOfFileSystem(exception))
        {
            // Errors were reported when writing.
        }
    }

    private void Describe(IReadOnlyList<CaptureInterface> interfaces)
    {
        for (; _interfaces < interfaces.Count; _interfaces++)
            _ = _writer.AddInterface(interfaces[_interfaces]);
    }
}
