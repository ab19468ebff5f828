using System.Collections.Immutable;

namespace PortAudit.Traffic.Capture.Ring;

/// <summary>
/// One file of a ring that is being written. Blocks are gathered and handed to the system whole, so who reads the file
/// meanwhile finds no cut one, and a process that is killed leaves at most the last one cut, where the system took a
/// part of it. Throws what the file system throws.
/// </summary>
internal sealed class RingFileWriter : IDisposable
{
    /// <summary>Bytes gathered before they are written.</summary>
    public const int GatheredBytes = 1 << 18;

    private readonly MemoryStream _gathered;
    private readonly Stream _file;
    private readonly PcapngWriter _writer;
    private long _bytes;
    private long _packets;
    private long _packetsHandedOver;
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

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Packets that the system has not taken yet.</summary>
    public long PacketsGathered => _packets - _packetsHandedOver;

    /// <summary>Makes a file that is not there yet: what is there is never overwritten. The owner and the group may
    /// read it.</summary>
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

    /// <summary>Begins a file with its interfaces. One that cannot be begun is removed again.</summary>
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

    /// <summary>True when a packet begins another file.</summary>
    public bool IsFullFor(in CapturedPacket packet, long maximumBytes, long periodNs) =>
        _packets > 0 && (_bytes + _gathered.Length + PcapngWriter.LengthOf(packet) > maximumBytes
            || packet.TimestampNs - _firstNs >= periodNs || _firstNs - packet.TimestampNs >= periodNs);

    /// <summary>Adds a packet. Allocates nothing once the interfaces are described and the longest packet was
    /// seen.</summary>
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

    /// <summary>Hands over what is gathered.</summary>
    public void Flush()
    {
        _file.Write(_gathered.GetBuffer().AsSpan(0, (int)_gathered.Length));
        _bytes += _gathered.Length;
        _packetsHandedOver = _packets;
        _gathered.SetLength(0);
    }

    /// <summary>Ends the file with what each interface counted since the file before it, and closes it.</summary>
    /// <param name="counters">The interfaces' counters.</param>
    /// <param name="before">What they were when the file before was ended.</param>
    public void End(ImmutableArray<InterfaceStatistics> counters, ImmutableArray<InterfaceStatistics> before)
    {
        foreach (var now in counters.Where(now => _packets > 0 && now.Interface < _interfaces))
            _writer.WriteStatistics(now.Interface,
                now.Since(before.FirstOrDefault(earlier =>
                    earlier.Interface == now.Interface)), _earliestNs, _latestNs);
        Flush();
        Dispose();
    }

    /// <summary>Closes a file to which the system takes no more: what it took in part is cut off, and one that holds no
    /// packet is removed. Throws nothing.</summary>
    public void Abandon()
    {
        try
        {
            if (_packetsHandedOver == 0)
                File.Delete(Path);
            else
                _file.SetLength(_bytes);
        }
        catch (Exception exception) when (PcapngRing.IsOfFileSystem(exception))
        {
            // It stays as it is: whole up to its last block.
        }

        Dispose();
    }

    /// <summary>What is in it; null while it holds no packet.</summary>
    /// <param name="onlyHandedOver">True for those packets alone that the system took.</param>
    public RingFile? ToFile(bool onlyHandedOver = false) =>
        (onlyHandedOver ? _packetsHandedOver : _packets) is > 0 and var packets
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
            // What the system took, it told when it took it.
        }
    }

    private void Describe(IReadOnlyList<CaptureInterface> interfaces)
    {
        for (; _interfaces < interfaces.Count; _interfaces++)
            _ = _writer.AddInterface(interfaces[_interfaces]);
    }
}
