using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Adds packets to the counters of their flow.</summary>
internal static class FlowCounting
{
    /// <summary>Adds a packet, and its fragments that were waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ref Flow flow, in PacketWalk walk, int originalLength, in SentPacket sent)
    {
        ref var side = ref flow.Edit(sent.Sender);
        if (side.Packets++ == 0 && flow.Packets > 1)
            NoteAnswer(ref flow, walk, sent);
        side.Bytes += originalLength;
        side.PayloadBytes += walk.PayloadOnWire;
        if (walk.BringsEarlier)
            CountEarlier(ref flow, ref side, walk.Earlier);
    }

    /// <summary>Adds copies of fragments that waited for a packet.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CountCopies(ref Flow flow, in PacketWalk walk, FlowDetailPool details, Side sender,
        bool isDropped)
    {
        var copies = walk.EarlierCopies;
        if (copies.Packets == 0)
            return;
        var detail = details.Of(ref flow);
        detail.Duplicates += copies.Packets;
        if (isDropped)
            return;
        detail.CountedDuplicates += copies.Packets;
        ref var side = ref flow.Edit(sender);
        side.Packets += copies.Packets;
        side.Bytes += copies.Bytes;
        side.PayloadBytes += copies.PayloadBytes;
    }

    /// <summary>Counts a fragment in the flow's fragment counter.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CountFragment(ref Flow flow, in PacketWalk walk, FlowDetailPool details, in SentPacket sent)
    {
        var detail = details.Of(ref flow);
        ref var fragments = ref sent.Sender == Side.Low ? ref detail.LowFragments : ref detail.HighFragments;
        fragments = fragments.With(walk);
        if (walk.IsTorn)
            detail.Keep(new CarriedDraft(CarriedKind.Attack, CarriedUse.OverlappingFragments), sent.Frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteAnswer(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        var beganNs = sent.TimestampNs;
        if (walk.BringsEarlier && walk.Earlier.Packets > 0)
            beganNs = Math.Min(beganNs, walk.Earlier.FirstNs);
        var delay = AnswerDelay.Between(flow.StartNs, beganNs);
        flow.Answer = sent.Sender == Side.Low ? delay.Turn() : delay;
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
