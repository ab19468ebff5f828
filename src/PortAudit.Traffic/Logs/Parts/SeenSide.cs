using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>What one end of a conversation sent, by all records. Several interfaces see the same packets, so the counts
/// are those of the one that saw most.</summary>
internal sealed class SeenSide
{
    /// <summary>Interfaces told apart: those of both ends, and of a gateway and a load balancer between them. What
    /// further ones saw is the same packets again.</summary>
    public const int MaximumSensors = 4;

    private readonly (int Sensor, DirectionCounters Seen)[] _sensors = new (int, DirectionCounters)[MaximumSensors];
    private int _count;

    /// <summary>TCP flags of all packets.</summary>
    public SeenFlags Flags { get; private set; }

    /// <summary>True when some packets may have passed.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>True when some packets were rejected.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>Number of interfaces that saw packets.</summary>
    public int Sensors => _count;

    /// <summary>The counts.</summary>
    public DirectionCounters Counters
    {
        get
        {
            var most = default(DirectionCounters);
            foreach (var (_, seen) in _sensors.AsSpan(0, _count))
                most = seen.Packets > most.Packets || (seen.Packets == most.Packets && seen.Bytes > most.Bytes)
                    ? seen : most;
            return most;
        }
    }

    /// <summary>Adds a record of this end.</summary>
    public void Add(in OneWayRecord record)
    {
        Flags |= record.Flags ?? SeenFlags.None;
        IsAccepted |= record.Word != FirewallWord.Rejected;
        IsRejected |= record.Word == FirewallWord.Rejected;
        var index = 0;
        while (index < _count && _sensors[index].Sensor != record.Sensor)
            index++;
        if (index == MaximumSensors)
            return;
        _count = Math.Max(_count, index + 1);
        var seen = _sensors[index].Seen;
        _sensors[index] = (record.Sensor, new DirectionCounters(Sum(seen.Packets, record.Packets),
            Sum(seen.Bytes, record.Bytes), Sum(seen.PayloadBytes, record.PayloadBytes)));
    }

    /// <summary>A sum of counts that no log can make negative.</summary>
    private static long Sum(long one, long other) => one > long.MaxValue / 2 - other ? long.MaxValue / 2 : one + other;
}
