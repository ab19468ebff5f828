using System.Runtime.CompilerServices;
using PortAudit.Live.Host;
using PortAudit.Live.Pcap;
using PortAudit.Traffic.Capture;

namespace PortAudit.Live.Interfaces;

/// <summary>
/// An interface that is being captured, with the next of its packets in hand. libpcap keeps that one where it is until
/// the next is fetched (<c>pcap_next_ex</c> copies it out of the ring on Linux), so others can be put before it; all
/// further ones wait in the system's buffer.
/// </summary>
internal sealed unsafe class LiveInterface : IDisposable
{
    private const long SecondNs = 1_000_000_000;

    private readonly LiveDevice _device;
    private readonly long _fractionNs;
    private PcapStatistics _statistics = new();
    private nint _bytes;

    /// <summary>Takes over an activated, non-blocking capture.</summary>
    public LiveInterface(LiveDevice device, CaptureInterface described)
    {
        _device = device;
        Described = described;
        _fractionNs = described.TimestampDigits == 9 ? 1 : 1000;
        IsNumbered = IsThere(described.Name!);
        Waitable = OperatingSystem.IsWindows()
            ? LibPcap.Event(device.Handle)
            : LibPcap.SelectableDescriptor(device.Handle);
    }

    public CaptureInterface Described { get; }

    public int Index { get; set; }

    /// <summary>True for an interface of the network, which the system knows by a number; false for other
    /// sources.</summary>
    public bool IsNumbered { get; }

    public nint Waitable { get; }

    /// <summary>True when a packet is in hand.</summary>
    public bool HasPacket { get; private set; }

    /// <summary>Time of the packet in hand, in nanoseconds since the Unix epoch.</summary>
    public long TimestampNs { get; private set; }

    /// <summary>Its length on the wire in bytes.</summary>
    public int OriginalLength { get; private set; }

    public int CapturedLength { get; private set; }

    /// <summary>The packet in hand; good until <see cref="TryFetch"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes => new((void*)_bytes, CapturedLength);

    public long Delivered { get; private set; }

    /// <summary>Why nothing more comes of it; null while something may.</summary>
    public LiveProblem? Failure { get; set; }

    /// <summary>No packet will come that is stamped before this time: there was none when it was asked last. Kept by
    /// <see cref="InterfaceMerge"/>.</summary>
    public long QuietUntilNs { get; set; } = long.MinValue;

    /// <summary>Takes the next packet in hand. False when there is none now. Allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFetch()
    {
        if (Failure is not null)
            return false;
        nint header = 0;
        nint bytes = 0;
        var found = _device.GetNextPacketPointers(ref header, ref bytes);
        if (found <= 0)
        {
            if (found < 0)
                Fail();
            return false;
        }

        var read = PacketHeader.Read((byte*)header);
        _bytes = bytes;
        TimestampNs = (read.Seconds * SecondNs) + (read.Fraction * _fractionNs);
        CapturedLength = (int)Math.Min(read.CapturedLength, int.MaxValue);
        OriginalLength = (int)Math.Min(read.OriginalLength, int.MaxValue);
        HasPacket = true;
        return true;
    }

    /// <summary>Gives the packet in hand away: it was handed out. Its bytes stay until the next is fetched.</summary>
    public void Release()
    {
        HasPacket = false;
        Delivered++;
    }

    /// <summary>Reads the counters. A capture whose interface is gone may have none any more: then those read last
    /// stand.</summary>
    public void NoteStatistics()
    {
        var counters = stackalloc uint[PcapStatistics.Length];
        if (LibPcap.Statistics(_device.Handle, counters) == 0)
            _statistics.Note(counters[0], counters[1], counters[2]);
    }

    /// <summary>
    /// What was captured and lost so far. On Linux the system counts what has passed the filter, the dropped included:
    /// received is delivered, dropped, and what still waits in the buffer. What the interface received at all is then
    /// known only without a filter. Elsewhere it counts before the filter.
    /// </summary>
    public InterfaceStatistics ToStatistics()
    {
        var countsPassed = OperatingSystem.IsLinux();
        return new InterfaceStatistics(Index, Described.Name)
        {
            Received = countsPassed && Described.Filter is not null ? null : _statistics.Received,
            Accepted = countsPassed ? _statistics.Received : null,
            DroppedBySystem = _statistics.Dropped,
            DroppedByInterface = _statistics.DroppedByInterface,
            Delivered = Delivered,
        };
    }

    /// <summary>Replaces an earlier capture of the same interface and continues its counters.</summary>
    public void Continue(LiveInterface earlier)
    {
        (Index, Delivered, _statistics) = (earlier.Index, earlier.Delivered, earlier._statistics);
        _statistics.Restart();
    }

    /// <summary>True when the system knows an interface of this name.</summary>
    public static bool IsThere(string name) => !OperatingSystem.IsWindows() && LinuxCalls.InterfaceNumber(name) != 0;

    public void Dispose() => _device.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail()
    {
        NoteStatistics();
        Failure = LiveProblem.DeviceVanished(Described.Name!, _device.LastError, Delivered);
    }
}
