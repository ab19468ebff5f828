using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// What a TCP connection waits for: an answer after a long silence, or the acknowledgment of a segment that was sent
/// again. Only a connection with such a thing has one (<see cref="FlowFlags.Watched"/>).
/// </summary>
internal sealed class LossWatch
{
    /// <summary>How often something must have been sent in vain before that says anything.</summary>
    private const int LeastTimes = 3;

    /// <summary>For how long it must have been sent in vain, in nanoseconds: a second, so that a capture which ends
    /// amid retransmissions, or a short interruption, says nothing.</summary>
    private const long LeastNs = 1_000_000_000;

    /// <summary>The same from the first repetition on: waiting times double (RFC 6298 §5.5), so the first was about
    /// a third of the whole.</summary>
    private const long LeastRepeatNs = LeastNs / 2;

    /// <summary>How long neither side had sent anything; 0 while nothing waits for an answer after it.</summary>
    public long IdleNs;

    /// <summary>The side that ended the silence.</summary>
    public Side IdleSender;

    /// <summary>Segments with data, and keep-alives, that it has sent since then.</summary>
    public int Attempts;

    /// <summary>True when the other side's address answered by a reset.</summary>
    public bool WasReset;

    /// <summary>When the silence ended.</summary>
    public long IdleEndNs;

    /// <summary>When the latest of <see cref="Attempts"/> was sent.</summary>
    public long LastAttemptNs;

    /// <summary>The first frame after the silence.</summary>
    public FrameReference IdleFrame;

    /// <summary>Payload of the segment that was sent again, in bytes; 0 while there is none.</summary>
    public int Length;

    /// <summary>The side that sent it.</summary>
    public Side Sender;

    /// <summary>Its sequence number.</summary>
    public uint Start;

    /// <summary>How often it was sent in its full length.</summary>
    public int Times;

    /// <summary>Payload with which it was sent again the last time: less where its sender tries smaller
    /// segments.</summary>
    public int LastLength;

    /// <summary>True when its sender had sent fewer bytes before it than it holds.</summary>
    public bool IsFirstOfSize;

    /// <summary>True when the other side has sent something since then.</summary>
    public bool PeerIsAlive;

    /// <summary>True when it was acknowledged after it had been sent in smaller parts.</summary>
    public bool PassedSmaller;

    /// <summary>When it was sent again for the first time.</summary>
    public long FirstRepeatNs;

    /// <summary>When it was sent again for the last time.</summary>
    public long LastRepeatNs;

    /// <summary>The frame that repeated it first.</summary>
    public FrameReference RepeatFrame;

    /// <summary>True while an answer after a silence is waited for.</summary>
    public bool IsAfterIdle => IdleNs > 0;

    /// <summary>True while the acknowledgment of a segment is waited for.</summary>
    public bool IsStuck => Length > 0 && !PassedSmaller;

    /// <summary>True when nothing is waited for, and nothing to be kept.</summary>
    public bool IsBlank => IdleNs == 0 && Length == 0;

    /// <summary>True when the segment was sent in its full length so often that its loss has a cause.</summary>
    public bool WasSentOften => Times >= LeastTimes;

    /// <summary>The session that was lost; null when it was not, or nothing proves it.</summary>
    public SessionLoss? LossOf(Side originator)
    {
        var isProved = IsAfterIdle && (WasReset ? Attempts > 0
            : Attempts >= LeastTimes && LastAttemptNs - IdleEndNs >= LeastNs);
        return isProved
            ? new SessionLoss(IdleSender == originator, IdleNs, Attempts, WasReset, IdleFrame)
            : null;
    }

    /// <summary>The segment that was never acknowledged; null when all were, or too little was tried.</summary>
    public LostData? LostOf(Side originator)
    {
        var isProved = Length > 0 && WasSentOften && (PassedSmaller || LastRepeatNs - FirstRepeatNs >= LeastRepeatNs);
        return isProved
            ? new LostData(Sender == originator, Length, Times, IsFirstOfSize, PeerIsAlive, PassedSmaller, RepeatFrame)
            : null;
    }

    /// <summary>Forgets the silence: the connection works.</summary>
    public void EndIdle() =>
        (IdleNs, Attempts, WasReset, IdleEndNs, LastAttemptNs, IdleFrame) = (0, 0, false, 0, 0, default);

    /// <summary>Forgets the segment: it was acknowledged.</summary>
    public void EndStuck()
    {
        (Length, Start, Times, LastLength) = (0, 0, 0, 0);
        (IsFirstOfSize, PeerIsAlive, PassedSmaller) = (false, false, false);
        (FirstRepeatNs, LastRepeatNs, RepeatFrame) = (0, 0, default);
    }

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        EndIdle();
        EndStuck();
    }
}
