using System.Runtime.InteropServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Finds connections that several logs of a capture point show, as two sensors saw them: those with the same
/// ends and transport, as in the Community ID, at the same time. The first one stays.</summary>
/// <remarks>Rows of one file are never the same connection. A refused client tries again on the same port after half a
/// second: such attempts neither overlap nor start at once, also where a log is rotated between them.</remarks>
/// <param name="maximum">Connections kept, at least 1.</param>
internal sealed class RepeatedConnections(int maximum = RepeatedConnections.Maximum)
{
    /// <summary>Connections kept at most, in some 80 bytes each: further ones are not compared with later
    /// files.</summary>
    public const int Maximum = 2_000_000;

    /// <summary>Starts of one connection differ by less between two sensors if it also overlaps itself: some logs have
    /// whole seconds.</summary>
    public const long NearStartNs = 1_000_000_000;

    /// <summary>Starts differ by less if it is too short to overlap: by the distance of the sensors, and the error of
    /// clocks that NTP keeps.</summary>
    public const long SameStartNs = 100_000_000;

    /// <summary>Connections with the same ends that are kept of a second: more are an attempt to slow this
    /// down.</summary>
    private const int MaximumOfSecond = 16;

    private const int End = -1;

    /// <summary>The latest connection of each pair of ends and second.</summary>
    private readonly Dictionary<ulong, int> _latest = [];

    private readonly List<Kept> _kept = [];

    /// <summary>Connections that were not kept.</summary>
    public long NotKept { get; private set; }

    /// <summary>True for a connection that an earlier file showed; else it is kept.</summary>
    public bool IsRepeat(FlowRecord flow)
    {
        var second = flow.StartNs / NearStartNs;
        if (IsKept(flow, second - 1, out _) || IsKept(flow, second + 1, out _)
            || IsKept(flow, second, out var length))
            return true;
        if (_kept.Count < maximum && length < MaximumOfSecond)
            Keep(flow, second);
        else
            NotKept++;
        return false;
    }

    private bool IsKept(FlowRecord flow, long second, out int length)
    {
        length = 0;
        if (!_latest.TryGetValue(KeyOf(flow, second), out var index))
            return false;
        for (; index != End; index = _kept[index].Next)
        {
            length++;
            if (_kept[index].IsSame(flow))
                return true;
        }

        return false;
    }

    private void Keep(FlowRecord flow, long second)
    {
        ref var latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, KeyOf(flow, second), out var exists);
        _kept.Add(new Kept(flow.StartNs, flow.EndNs, flow.Capture, exists ? latest : End));
        latest = _kept.Count - 1;
    }

    /// <summary>A hash of ends, transport, capture point and time. Among the connections kept, two that differ have the
    /// same one once in some ten million runs.</summary>
    private static ulong KeyOf(FlowRecord flow, long second)
    {
        var key = FlowKey.Between(flow.Originator, flow.Responder, VlanTags.None, flow.Transport);
        return FlowIdHash.Of(key, second, flow.CapturePoint, 0);
    }

    /// <summary>A connection.</summary>
    /// <param name="StartNs">Its start.</param>
    /// <param name="EndNs">Its end.</param>
    /// <param name="Capture">Number of its file.</param>
    /// <param name="Next">Index of the one before with the same key; or <see cref="End"/>.</param>
    private readonly record struct Kept(long StartNs, long EndNs, int Capture, int Next)
    {
        public bool IsSame(FlowRecord flow) => Capture != flow.Capture
            && Math.Abs(StartNs - flow.StartNs) is var apart
            && (apart < SameStartNs || (apart < NearStartNs && StartNs < flow.EndNs && flow.StartNs < EndNs));
    }
}
