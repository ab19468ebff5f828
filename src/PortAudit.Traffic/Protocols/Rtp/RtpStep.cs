namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>How one packet of a source follows another one in time.</summary>
/// <param name="Sequence">Difference of the sequence numbers, negative when the later packet overtook others.</param>
/// <param name="Ticks">Difference of the timestamps.</param>
internal readonly record struct RtpStep(short Sequence, int Ticks)
{
    /// <summary>
    /// Packets that may be missing in between: losses come in bursts, and a capture may leave out some.
    /// </summary>
    private const int MaximumGap = 256;

    /// <summary>Places by which a packet may come late: a jitter buffer holds some 100 ms.</summary>
    private const int MaximumDelay = 32;

    /// <summary>Ticks between two packets at most: 12 minutes of silence at the 90,000 Hz of video (RFC 3551 §5), more
    /// for slower clocks.</summary>
    private const int MaximumTicks = 1 << 26;

    /// <summary>Ticks by which a timestamp may go back: frames of video are sent in the order of decoding, within some
    /// seconds.</summary>
    private const int MaximumTicksBack = 1 << 18;

    /// <summary>The step from one packet to a later one of the same source and sender.</summary>
    public static RtpStep Between(RtpPacket earlier, RtpPacket later) =>
        new((short)(later.SequenceNumber - earlier.SequenceNumber), (int)(later.Timestamp - earlier.Timestamp));

    /// <summary>True for a step of a stream of media, forward, repeated or late.</summary>
    public bool IsPlausible =>
        Sequence is >= -MaximumDelay and <= MaximumGap && Ticks is > -MaximumTicksBack and < MaximumTicks;

    /// <summary>True when the stream went on: that counts for it, while a repetition says nothing.</summary>
    public bool IsForward => IsPlausible && Sequence > 0;

    /// <summary>True when the very next packet came, and time went on with it.</summary>
    public bool IsNext => Sequence == 1 && Ticks is > 0 and < MaximumTicks;
}
