using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>How long a flow may be silent, in capture time, before a packet with its key begins another flow.</summary>
internal enum IdleClass : byte
{
    /// <summary>An open TCP connection: 2 hours 4 minutes (RFC 5382 §5, REQ-5).</summary>
    TcpOpen,

    /// <summary>A TCP connection being opened or closed: 4 minutes (RFC 5382 §5, REQ-5).</summary>
    TcpTransitory,

    /// <summary>UDP and other datagrams from one side only: 5 minutes (RFC 4787 §4.3, REQ-5).</summary>
    Datagram,

    /// <summary>Datagrams from both sides: the same time; forged senders cannot create these.</summary>
    Exchange,

    /// <summary>ICMP: 60 seconds (RFC 5508 §3.2, REQ-2).</summary>
    Icmp,

    /// <summary>An open TCP connection with one direction captured: the time of <see cref="TcpOpen"/>; forged senders
    /// can create any number.</summary>
    TcpOneSided,
}

/// <summary>Times of <see cref="IdleClass"/>, and the wait for an answer.</summary>
internal static class IdleTimeouts
{
    /// <summary>Number of idle classes.</summary>
    public const int ClassCount = 6;

    /// <summary>Time after which an attempt counts as unanswered, in nanoseconds: 3 seconds, the initial retransmission
    /// timeout of RFC 6298 §5.7, so that the responder had one full retransmission to answer.</summary>
    public const long AnswerWaitNs = 3 * NsPerSecond;

    private const long NsPerSecond = 1_000_000_000;

    private static readonly long[] ByClass = [7440 * NsPerSecond, 240 * NsPerSecond, 300 * NsPerSecond,
        300 * NsPerSecond, 60 * NsPerSecond, 7440 * NsPerSecond];

    /// <summary>True when a packet with a flow's key begins another flow: after a long silence, or by a SYN of another
    /// connection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOver(ref readonly Flow flow, in PacketWalk walk, in SentPacket sent) =>
        sent.TimestampNs - flow.LastNs > Of(flow.IdleClass)
        || (flow.Key.Transport == IpProtocol.Tcp && walk.BringsHeader
            && TcpTracker.OpensAnother(in flow, walk.Packet, sent.Sender)
            && !TcpTracker.WasRefusedBefore(in flow, walk.Packet, sent));

    /// <summary>The current class of a flow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IdleClass ClassOf(ref readonly Flow flow)
    {
        var transport = flow.Key.Transport;
        if (transport == IpProtocol.Tcp)
            return TcpTracker.IdleClassOf(in flow);
        if (transport.IsIcmp)
            return IdleClass.Icmp;
        return flow.Low.Packets > 0 && flow.High.Packets > 0 ? IdleClass.Exchange : IdleClass.Datagram;
    }

    /// <summary>The class of a new flow.</summary>
    public static IdleClass FirstClassOf(IpProtocol transport)
    {
        if (transport.IsIcmp)
            return IdleClass.Icmp;
        return transport == IpProtocol.Tcp ? IdleClass.TcpTransitory : IdleClass.Datagram;
    }

    /// <summary>The idle timeout of a class, in nanoseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(IdleClass idleClass) => ByClass[(int)idleClass];
}
