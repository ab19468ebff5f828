using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Finds files whose clock differs from that of another one by a constant time: then what both show would
/// count twice. Connections whose ends another file has at another time are held back until all is read.</summary>
/// <remarks>The difference is the median over connections whose ends either file has once. It counts when nearly all of
/// them agree with it, they are a good part of the file, and both files cover the same time but for a part: ends that
/// are used again within minutes, as by a client that asks at regular times, and files that follow each other do
/// not.</remarks>
/// <param name="kept">What other files have.</param>
internal sealed class SkewedClocks(RepeatedConnections kept)
{
    /// <summary>Connections held back at most; further ones are not compared.</summary>
    public const int Maximum = 100_000;

    /// <summary>Connections with ends that both files have once, at least.</summary>
    public const int LeastConnections = 10;

    /// <summary>Largest difference of clocks that is looked for: that of the farthest time zones, UTC-12 and UTC+14.
    /// </summary>
    public const long LargestNs = 26 * 3_600_000_000_000;

    /// <summary>One in so many of the connections of both files may disagree.</summary>
    private const int OneDisagrees = 5;

    /// <summary>The connections that agree are at least one in so many of the file.</summary>
    private const int OneAgrees = 4;

    private readonly List<Held> _held = [];

    /// <summary>Connections that were not held back, as there were too many.</summary>
    public long NotHeld { get; private set; }

    /// <summary>Holds a connection back that no other file has at its time. False when no other one has its ends,
    /// either.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="early">Its outcome if the log ended too early for an answer.</param>
    public bool TryHold(FlowRecord flow, Outcome early)
    {
        if (!kept.TryFindOther(flow, out var other) || Math.Abs(flow.StartNs - other.StartNs) > LargestNs)
            return false;
        if (_held.Count == Maximum)
        {
            NotHeld++;
            return false;
        }

        _held.Add(new Held(flow, early, other));
        return true;
    }

    /// <summary>Decides on what is held: all files are read.</summary>
    /// <param name="timeOf">Time of a file, by its number.</param>
    /// <param name="differ">Is told each difference, before the connections that it explains.</param>
    /// <param name="repeat">Receives what another file has, too, with its number.</param>
    /// <param name="other">Receives the rest.</param>
    public void Complete(Func<int, FileTime> timeOf, Action<ClockDifference> differ, Action<FlowRecord, int> repeat,
        Action<FlowRecord, Outcome> other)
    {
        var differences = _held.GroupBy(held => (held.Other.Capture, Own: held.Flow.Capture))
            .OrderBy(pair => pair.Key)
            .Select(pair => DifferenceOf([.. pair], pair.Key.Capture, pair.Key.Own, timeOf))
            .OfType<ClockDifference>().ToList();
        differences.ForEach(differ);
        foreach (var held in _held)
        {
            var found = differences.Where(difference => difference.Capture == held.Flow.Capture)
                .Select(difference =>
                    kept.IsKept(held.Flow, difference.AheadNs, out var capture) ? capture : (int?)null)
                .FirstOrDefault(capture => capture is not null);
            if (found is { } number)
                repeat(held.Flow, number);
            else
                other(held.Flow, held.Early);
        }

        _held.Clear();
    }

    private static ClockDifference? DifferenceOf(List<Held> pair, int other, int own,
        Func<int, FileTime> timeOf)
    {
        if (!timeOf(own).Covers(timeOf(other)))
            return null;
        var apart = pair.Where(held => held.Other.IsAlone).GroupBy(held => held.Other.Index)
            .Where(same => same.Count() == 1).Select(same => same.First())
            .Select(held => held.Flow.StartNs - held.Other.StartNs).Order().ToList();
        if (apart.Count < LeastConnections)
            return null;
        var median = apart[apart.Count / 2];
        var agree = apart.Count(ns => Math.Abs(ns - median) < RepeatedConnections.NearStartNs);
        return (apart.Count - agree) * OneDisagrees <= apart.Count && agree * OneAgrees >= timeOf(own).Connections
            ? new ClockDifference(own, other, median)
            : null;
    }

    /// <summary>A connection that waits.</summary>
    private readonly record struct Held(FlowRecord Flow, Outcome Early, OtherConnection Other);
}

/// <summary>The time of a file.</summary>
/// <param name="Connections">Its connections.</param>
/// <param name="FirstNs">Start of the first, in nanoseconds since the Unix epoch.</param>
/// <param name="LastNs">End of the last.</param>
internal readonly record struct FileTime(long Connections, long FirstNs, long LastNs)
{
    /// <summary>True when two files have at least half of the shorter one's time in common.</summary>
    public bool Covers(FileTime other)
    {
        var common = (Int128)Math.Min(LastNs, other.LastNs) - Math.Max(FirstNs, other.FirstNs);
        return common * 2 >= Int128.Min((Int128)LastNs - FirstNs, (Int128)other.LastNs - other.FirstNs);
    }

    /// <summary>The time with one more connection.</summary>
    public FileTime With(FlowRecord flow) => Connections == 0
        ? new FileTime(1, flow.StartNs, flow.EndNs)
        : new FileTime(Connections + 1, Math.Min(FirstNs, flow.StartNs), Math.Max(LastNs, flow.EndNs));
}

/// <summary>A difference between the clocks of two files.</summary>
/// <param name="Capture">Number of the later file.</param>
/// <param name="Other">Number of the file that it is compared with.</param>
/// <param name="AheadNs">By how much the clock of the later one is ahead, in nanoseconds; negative when it is behind.
/// </param>
internal readonly record struct ClockDifference(int Capture, int Other, long AheadNs);
