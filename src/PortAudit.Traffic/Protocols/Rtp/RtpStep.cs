namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>The step between two packets of a source.</summary>
/// <param name="Sequence">Difference of sequence numbers; negative for reordering.</param>
/// <param name="Ticks">Difference of the timestamps.</param>
internal readonly record struct RtpStep(short Sequence, int Ticks)
{
    /// <summary>Missing packets tolerated: losses come in bursts, and a capture may drop some.</summary>
    private const int MaximumGap = 256;

    /// <summary>Packets by which one may be late: a jitter buffer holds some 100 ms.</summary>
    private const int MaximumDelay = 32;

    /// <summary>Largest timestamp step: 12 minutes of silence at video's 90,000 Hz (RFC 3551 §5), more for slower
    /// clocks.</summary>
    private const int MaximumTicks = 1 << 26;

    /// <summary>Largest backward timestamp step: video frames are sent in decoding order, within some
    /// seconds.</summary>
    private const int MaximumTicksBack = 1 << 18;

    /// <summary>The step between two packets of the same source and sender.</summary>
    public static RtpStep Between(RtpPacket earlier, RtpPacket later) =>
        new((short)(later.SequenceNumber - earlier.SequenceNumber), (int)(later.Timestamp - earlier.Timestamp));

    /// <summary>True for a step of media: forward, repeated or late.</summary>
    public bool IsPlausible =>
        Sequence is >= -MaximumDelay and <= MaximumGap && Ticks is > -MaximumTicksBack and < MaximumTicks;

    /// <summary>True for progress, which is evidence, unlike a repetition.</summary>
    public bool IsForward => IsPlausible && Sequence > 0;

    /// <summary>True for the very next packet with an advanced timestamp.</summary>
    public bool IsNext => Sequence == 1 && Ticks is > 0 and < MaximumTicks;
}
