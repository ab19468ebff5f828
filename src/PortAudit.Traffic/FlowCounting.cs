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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ref Flow flow, in PacketWalk walk, int originalLength, bool sentByLow)
    {
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        side.Packets++;
        side.Bytes += originalLength;
        side.PayloadBytes += walk.PayloadOnWire;
        if (walk.Earlier.Packets > 0)
            CountEarlier(ref flow, ref side, walk.Earlier);
    }

    private static void CountEarlier(ref Flow flow, ref FlowSide side, in FragmentTally earlier)
    {
        flow.StartNs = flow.Packets == 1 ? Math.Min(flow.StartNs, earlier.FirstNs) : flow.StartNs;
        side.Packets += earlier.Packets;
        side.Bytes += earlier.Bytes;
        side.PayloadBytes += earlier.PayloadBytes;
    }
}
