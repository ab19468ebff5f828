using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>A pending check of a TCP connection: an answer after a long silence, or the acknowledgment of a
/// retransmission (<see cref="FlowFlags.Watched"/>).</summary>
internal sealed class LossWatch
{
    /// <summary>Unacknowledged transmissions needed as proof.</summary>
    private const int LeastTimes = 3;

    /// <summary>Time over which they must extend, in nanoseconds: one second, so that a capture ending amid
    /// retransmissions, or a short interruption, proves nothing.</summary>
    private const long LeastNs = 1_000_000_000;

    /// <summary>The same from the first retransmission: timeouts double (RFC 6298 §5.5), so the first was about a third
    /// of the whole.</summary>
    private const long LeastRepeatNs = LeastNs / 2;

    /// <summary>Length of the silence; 0 when no answer is pending.</summary>
    public long IdleNs;

    /// <summary>The side that ended the silence.</summary>
    public Side IdleSender;

    /// <summary>Data segments and keep-alives sent by it since.</summary>
    public int Attempts;

    /// <summary>True when a reset came from the other side's address.</summary>
    public bool WasReset;

    /// <summary>End of the silence.</summary>
    public long IdleEndNs;

    /// <summary>Time of the latest of <see cref="Attempts"/>.</summary>
    public long LastAttemptNs;

    /// <summary>The first frame after the silence.</summary>
    public FrameReference IdleFrame;

    /// <summary>Payload of the retransmitted segment, in bytes; 0 without one.</summary>
    public int Length;

    public Side Sender;

    public uint Start;

    /// <summary>Transmissions at full length.</summary>
    public int Times;

    /// <summary>Payload of the latest retransmission: less when the sender tries smaller segments.</summary>
    public int LastLength;

    /// <summary>True when its sender had sent fewer bytes than it holds before.</summary>
    public bool IsFirstOfSize;

    /// <summary>True when the other side has sent anything since.</summary>
    public bool PeerIsAlive;

    /// <summary>True when it was acknowledged after being split into smaller segments.</summary>
    public bool PassedSmaller;

    /// <summary>Time of the first retransmission.</summary>
    public long FirstRepeatNs;

    /// <summary>Time of the latest retransmission.</summary>
    public long LastRepeatNs;

    /// <summary>Frame of the first retransmission.</summary>
    public FrameReference RepeatFrame;

    /// <summary>True while an answer after a silence is pending.</summary>
    public bool IsAfterIdle => IdleNs > 0;

    /// <summary>True while the acknowledgment of a segment is pending.</summary>
    public bool IsStuck => Length > 0 && !PassedSmaller;

    /// <summary>True when nothing is pending or to be reported.</summary>
    public bool IsBlank => IdleNs == 0 && Length == 0;

    /// <summary>True when the segment was sent at full length often enough to prove loss.</summary>
    public bool WasSentOften => Times >= LeastTimes;

    /// <summary>The lost session; null when none is proved.</summary>
    public SessionLoss? LossOf(Side originator)
    {
        var isProved = IsAfterIdle && (WasReset ? Attempts > 0
            : Attempts >= LeastTimes && LastAttemptNs - IdleEndNs >= LeastNs);
        return isProved
            ? new SessionLoss(IdleSender == originator, IdleNs, Attempts, WasReset, IdleFrame)
            : null;
    }

    /// <summary>The segment never acknowledged; null when none is proved.</summary>
    public LostData? LostOf(Side originator)
    {
        var isProved = Length > 0 && WasSentOften && (PassedSmaller || LastRepeatNs - FirstRepeatNs >= LeastRepeatNs);
        return isProved
            ? new LostData(Sender == originator, Length, Times, IsFirstOfSize, PeerIsAlive, PassedSmaller, RepeatFrame)
            : null;
    }

    /// <summary>Ends the silence: the connection works.</summary>
    public void EndIdle() =>
        (IdleNs, Attempts, WasReset, IdleEndNs, LastAttemptNs, IdleFrame) = (0, 0, false, 0, 0, default);

    /// <summary>Drops the segment: it was acknowledged.</summary>
    public void EndStuck()
    {
        (Length, Start, Times, LastLength) = (0, 0, 0, 0);
        (IsFirstOfSize, PeerIsAlive, PassedSmaller) = (false, false, false);
        (FirstRepeatNs, LastRepeatNs, RepeatFrame) = (0, 0, default);
    }

    public void Clear()
    {
        EndIdle();
        EndStuck();
    }
}
