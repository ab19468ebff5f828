using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Fragments;

namespace PortAudit.Traffic;

/// <summary>Adds packets to the columns of their flow.</summary>
internal static class FlowCounting
{
    /// <summary>Adds a packet, and the fragments that waited for it.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="walk">Stands at the packet.</param>
    /// <param name="originalLength">Length of its frame on the wire, in bytes.</param>
    /// <param name="sentByLow">True when the low endpoint of the flow's key sent it.</param>
    /// <param name="timestampNs">When, in nanoseconds since the Unix epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ref Flow flow, in PacketWalk walk, int originalLength, bool sentByLow, long timestampNs)
    {
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        if (side.Packets++ == 0 && flow.Packets > 1)
            NoteAnswer(ref flow, walk, timestampNs, sentByLow);
        side.Bytes += originalLength;
        side.PayloadBytes += walk.PayloadOnWire;
        if (walk.BringsEarlier)
            CountEarlier(ref flow, ref side, walk.Earlier);
    }

    /// <summary>Adds copies of fragments that waited for a packet.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="walk">Stands at the packet.</param>
    /// <param name="details">Has the flow's detail.</param>
    /// <param name="sentByLow">True when the low endpoint of the flow's key sent them.</param>
    /// <param name="isDropped">True when duplicates are in no column.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CountCopies(ref Flow flow, in PacketWalk walk, FlowDetailPool details, bool sentByLow, bool isDropped)
    {
        var copies = walk.EarlierCopies;
        if (copies.Packets == 0)
            return;
        var detail = details.Of(ref flow);
        detail.Duplicates += copies.Packets;
        if (isDropped)
            return;
        detail.CountedDuplicates += copies.Packets;
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        side.Packets += copies.Packets;
        side.Bytes += copies.Bytes;
        side.PayloadBytes += copies.PayloadBytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteAnswer(ref Flow flow, in PacketWalk walk, long timestampNs, bool sentByLow)
    {
        var beganNs = walk.BringsEarlier && walk.Earlier.Packets > 0 ? Math.Min(timestampNs, walk.Earlier.FirstNs) : timestampNs;
        var delay = AnswerDelay.Between(flow.StartNs, beganNs);
        flow.Answer = sentByLow ? delay.Turn() : delay;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountEarlier(ref Flow flow, ref FlowSide side, in FragmentTally earlier)
    {
        if (earlier.Packets == 0)
            return;
        flow.StartNs = flow.Packets == 1 ? Math.Min(flow.StartNs, earlier.FirstNs) : flow.StartNs;
        side.Packets += earlier.Packets;
        side.Bytes += earlier.Bytes;
        side.PayloadBytes += earlier.PayloadBytes;
    }
}
