using System.Numerics;
using System.Runtime.InteropServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Finds connections that several files of a capture point show, as two sensors saw them, or a sensor and a
/// capture: those with the same ends and transport, as in the Community ID, that start at the same time, or lie within
/// one that was kept. The first one stays.</summary>
/// <remarks>Rows of one file are never the same connection. A refused client tries again on the same port after half a
/// second: such attempts neither overlap nor start at once, also where a log is rotated between them.</remarks>
/// <param name="maximum">Connections kept, at least 1.</param>
internal sealed class RepeatedConnections(int maximum = RepeatedConnections.Maximum)
{
    /// <summary>Connections kept at most, in some 120 bytes each: further ones are not compared with later
    /// files.</summary>
    public const int Maximum = 2_000_000;

    /// <summary>Starts of one connection differ by less between two sensors if it also overlaps itself: some logs have
    /// whole seconds.</summary>
    public const long NearStartNs = 1_000_000_000;

    /// <summary>Starts differ by less if it is too short to overlap: by the distance of the sensors, and the error of
    /// clocks that NTP keeps.</summary>
    public const long SameStartNs = 100_000_000;

    /// <summary>Connections with the same ends that are kept of a second, or of a longer time for longer ones: more are
    /// an attempt to slow this down.</summary>
    private const int MaximumOfTime = 16;

    private const int End = -1;

    /// <summary>An irregular odd number: the fraction of the golden ratio.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    /// <summary>The latest connection of each pair of ends, length and time.</summary>
    private readonly Dictionary<ulong, int> _latest = [];

    /// <summary>The first connection of each pair of ends.</summary>
    private readonly Dictionary<ulong, int> _firsts = [];

    private readonly List<Kept> _kept = [];

    /// <summary>Lengths in use, a bit each: of length n are connections that take less than 2^n seconds.</summary>
    private ulong _lengths;

    /// <summary>Connections that were not kept.</summary>
    public long NotKept { get; private set; }

    /// <summary>True for a connection that an earlier file showed; else it is kept.</summary>
    public bool IsRepeat(FlowRecord flow) => IsRepeat(flow, out _);

    /// <summary>True for a connection that an earlier file showed; else it is kept.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="capture">Number of the file that showed it.</param>
    public bool IsRepeat(FlowRecord flow, out int capture)
    {
        if (IsKept(flow, 0, out capture))
            return true;
        Keep(flow);
        return false;
    }

    /// <summary>True when a file of another number showed the connection.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="aheadNs">By how much the clock of its file is ahead of the other's, in nanoseconds.</param>
    /// <param name="capture">Number of the other file.</param>
    public bool IsKept(FlowRecord flow, long aheadNs, out int capture)
    {
        var ends = EndsOf(flow);
        var (startNs, endNs) = (flow.StartNs - aheadNs, flow.EndNs - aheadNs);
        for (var rest = _lengths; rest != 0; rest &= rest - 1)
        {
            var length = BitOperations.TrailingZeroCount(rest);
            var time = startNs / NearStartNs >> length;
            for (var near = time - 1; near <= time + 1; near++)
            {
                var index = _latest.GetValueOrDefault(KeyOf(ends, length, near), End);
                for (; index != End; index = _kept[index].Next)
                {
                    capture = _kept[index].Capture;
                    if (capture != flow.Capture && _kept[index].IsSame(startNs, endNs))
                        return true;
                }
            }
        }

        capture = 0;
        return false;
    }

    /// <summary>Keeps a connection, unless there are too many.</summary>
    public void Keep(FlowRecord flow)
    {
        var ends = EndsOf(flow);
        var seconds = (ulong)Math.Max(0, flow.EndNs - flow.StartNs) / (ulong)NearStartNs;
        var length = seconds == 0 ? 0 : BitOperations.Log2(seconds) + 1;
        var key = KeyOf(ends, length, flow.StartNs / NearStartNs >> length);
        var before = _latest.GetValueOrDefault(key, End);
        if (_kept.Count == maximum || IsFull(before))
        {
            NotKept++;
            return;
        }

        _latest[key] = _kept.Count;
        _lengths |= 1UL << length;
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_firsts, ends, out var isKnown);
        if (!isKnown)
            first = _kept.Count;
        else if (first >= 0 && _kept[first].Capture == flow.Capture)
            first = ~first;
        _kept.Add(new Kept(flow.StartNs, flow.EndNs, flow.Capture, before));
    }

    /// <summary>The connection with the same ends that another file showed first. False when none did.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="other">The other one.</param>
    public bool TryFindOther(FlowRecord flow, out OtherConnection other)
    {
        other = default;
        if (!_firsts.TryGetValue(EndsOf(flow), out var first))
            return false;
        var index = first < 0 ? ~first : first;
        var kept = _kept[index];
        other = new OtherConnection(index, kept.Capture, kept.StartNs, IsAlone: first >= 0);
        return kept.Capture != flow.Capture;
    }

    private bool IsFull(int index)
    {
        var count = 0;
        for (; index != End && count < MaximumOfTime; index = _kept[index].Next)
            count++;
        return count == MaximumOfTime;
    }

    /// <summary>A hash of ends, transport and capture point. Among the connections kept, two that differ have the same
    /// one once in some ten million runs.</summary>
    private static ulong EndsOf(FlowRecord flow) => FlowIdHash.Of(
        FlowKey.Between(flow.Originator, flow.Responder, VlanTags.None, flow.Transport), 0, flow.CapturePoint, 0);

    private static ulong KeyOf(ulong ends, int length, long time) =>
        unchecked((ends ^ ((ulong)length << 58)) + ((ulong)time * Spread));

    /// <summary>A connection.</summary>
    /// <param name="StartNs">Its start.</param>
    /// <param name="EndNs">Its end.</param>
    /// <param name="Capture">Number of its file.</param>
    /// <param name="Next">Index of the one before with the same key; or <see cref="End"/>.</param>
    private readonly record struct Kept(long StartNs, long EndNs, int Capture, int Next)
    {
        public bool IsSame(long startNs, long endNs)
        {
            var apart = Math.Abs(StartNs - startNs);
            return apart < SameStartNs || (apart < NearStartNs && StartNs < endNs && startNs < EndNs)
                || (startNs > StartNs && startNs < EndNs && endNs < EndNs + SameStartNs);
        }
    }
}

/// <summary>A connection with the same ends, in another file.</summary>
/// <param name="Index">Its number among those that are kept.</param>
/// <param name="Capture">Number of its file.</param>
/// <param name="StartNs">Its start, in nanoseconds since the Unix epoch.</param>
/// <param name="IsAlone">True when its file has no other one with these ends.</param>
internal readonly record struct OtherConnection(int Index, int Capture, long StartNs, bool IsAlone);
