using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>What the records of a flow say of one side. Exporters that record packets where they come in and where they
/// go out, and line cards that both see them, report the same packets twice: what two observations say of one time
/// counts once.</summary>
internal struct SideCounts
{
    private const long MaximumSum = 1L << 60;

    private Observation _first;
    private Observation _second;

    /// <summary>All TCP flags together.</summary>
    public TcpFlags Flags { get; private set; }

    /// <summary>TCP flags of the first packet; none when unknown.</summary>
    public TcpFlags First { get; private set; }

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public long StartNs { get; private set; }

    /// <summary>Time of the last packet.</summary>
    public long EndNs { get; private set; }

    /// <summary>True when records were not counted, as others counted their packets.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>True when it sent anything.</summary>
    public readonly bool Sent => _first.Packets > 0;

    private readonly bool AreApart => _second.StartNs > _first.EndNs || _first.StartNs > _second.EndNs;

    /// <summary>Number of packets.</summary>
    public readonly long Packets => !_second.IsUsed ? _first.Packets
        : AreApart ? Sum(_first.Packets, _second.Packets) : Math.Max(_first.Packets, _second.Packets);

    /// <summary>Bytes from the IP header on.</summary>
    public readonly long Bytes => !_second.IsUsed ? _first.Bytes
        : AreApart ? Sum(_first.Bytes, _second.Bytes) : Math.Max(_first.Bytes, _second.Bytes);

    /// <summary>Adds what a record says.</summary>
    /// <param name="sent">Its counters.</param>
    /// <param name="startNs">Time of its first packet.</param>
    /// <param name="endNs">Time of its last packet.</param>
    /// <param name="record">The record.</param>
    public void Add(in SentCounts sent, long startNs, long endNs, in ExportedFlow record)
    {
        if (!Sent || startNs < StartNs)
            (StartNs, First) = (startNs, sent.First);
        EndNs = Sent ? Math.Max(EndNs, endNs) : endNs;
        Flags |= sent.Flags;
        var observer = ((ulong)record.Domain << 8) | record.Way;
        if (!_first.IsUsed || _first.Observer == observer)
            IsRepeated |= !_first.TryAdd(observer, sent, startNs, endNs, record.IsTotal);
        else if (!_second.IsUsed || _second.Observer == observer)
            IsRepeated |= !_second.TryAdd(observer, sent, startNs, endNs, record.IsTotal) || !AreApart;
        else
            IsRepeated = true;
    }

    private static long Sum(long one, long other) => Math.Min(one + other, MaximumSum);

    /// <summary>What one domain recorded in one way.</summary>
    private struct Observation
    {
        private long _lastStartNs;
        private long _lastEndNs;
        private long _lastPackets;

        public bool IsUsed { get; private set; }

        public ulong Observer { get; private set; }

        public long Packets { get; private set; }

        public long Bytes { get; private set; }

        public long StartNs { get; private set; }

        public long EndNs { get; private set; }

        /// <summary>False for a record that came before: a datagram that was doubled on its way.</summary>
        public bool TryAdd(ulong observer, in SentCounts sent, long startNs, long endNs, bool isTotal)
        {
            if (IsUsed && (startNs, endNs, sent.Packets) == (_lastStartNs, _lastEndNs, _lastPackets))
                return false;
            (_lastStartNs, _lastEndNs, _lastPackets) = (startNs, endNs, sent.Packets);
            (StartNs, EndNs) = IsUsed
                ? (Math.Min(StartNs, startNs), Math.Max(EndNs, endNs))
                : (startNs, endNs);
            (IsUsed, Observer) = (true, observer);
            Packets = isTotal ? Math.Max(Packets, sent.Packets) : Sum(Packets, sent.Packets);
            Bytes = isTotal ? Math.Max(Bytes, sent.Bytes) : Sum(Bytes, sent.Bytes);
            return true;
        }
    }
}
