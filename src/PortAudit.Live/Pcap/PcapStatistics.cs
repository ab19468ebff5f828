namespace PortAudit.Live.Pcap;

/// <summary>
/// Sums of an interface's counters (<c>struct pcap_stat</c>), which libpcap keeps in 32 bits: at a million packets a
/// second they begin again after 71 minutes. So they are read now and then, and what was added is summed up. A step
/// back of a counter (a driver that was loaded again) adds nothing.
/// </summary>
internal sealed class PcapStatistics
{
    /// <summary>Counters of the structure: three, and three more on Windows.</summary>
    public const int Length = 6;

    /// <summary>An increase beyond this is a step back: it is read far more often than so many packets can
    /// pass.</summary>
    private const uint LargestIncrease = uint.MaxValue / 2;

    private uint _lastReceived;
    private uint _lastDropped;
    private uint _lastDroppedByInterface;

    /// <summary>Packets that the system took for this capture (<c>ps_recv</c>). On Linux they have passed the filter,
    /// and those that were dropped are among them.</summary>
    public long Received { get; private set; }

    /// <summary>Of these, packets for which the system's buffer had no room (<c>ps_drop</c>).</summary>
    public long Dropped { get; private set; }

    /// <summary>Packets that the interface or its driver dropped before (<c>ps_ifdrop</c>); not all systems count them,
    /// and those say 0.</summary>
    public long DroppedByInterface { get; private set; }

    public void Note(uint received, uint dropped, uint droppedByInterface)
    {
        Received += Increase(ref _lastReceived, received);
        Dropped += Increase(ref _lastDropped, dropped);
        DroppedByInterface += Increase(ref _lastDroppedByInterface, droppedByInterface);
    }

    /// <summary>Goes on with another capture of the interface, whose counters begin at zero.</summary>
    public void Restart() => _lastReceived = _lastDropped = _lastDroppedByInterface = 0;

    private static long Increase(ref uint last, uint now)
    {
        var increase = unchecked(now - last);
        last = now;
        return increase <= LargestIncrease ? increase : 0;
    }
}
