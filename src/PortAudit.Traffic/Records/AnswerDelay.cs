namespace PortAudit.Traffic.Records;

/// <summary>Time from one endpoint's first packet to the other's. Two bytes, as every flow has one: accurate to 1 in
/// 2,048, saturating at 655 s. The default is none: one endpoint was silent.</summary>
public readonly record struct AnswerDelay
{
    private const double NsPerCentisecond = 10_000_000;

    /// <summary>The sign bit of binary16. The framework negates a <see cref="Half"/> by converting to single precision
    /// and back.</summary>
    private const ushort SignBit = 0x8000;

    // Hundredths of a second: binary16 (IEEE 754 §3.6) reaches from below a nanosecond to 655 s. Negative where the
    // endpoint that answered counts as the one that asked.
    private readonly Half _centiseconds;

    private AnswerDelay(Half centiseconds) => _centiseconds = centiseconds;

    /// <summary>The delay in nanoseconds; null when there is none, or when the presumed requester spoke last.</summary>
    public long? Ns => _centiseconds > Half.Zero ? (long)((double)_centiseconds * NsPerCentisecond) : null;

    /// <summary>The two bytes, for storage.</summary>
    public ushort Bits => BitConverter.HalfToUInt16Bits(_centiseconds);

    /// <summary>The delay with these <see cref="Bits"/>; NaN is none.</summary>
    public static AnswerDelay FromBits(ushort bits) => BitConverter.UInt16BitsToHalf(bits) is var centiseconds
        && Half.IsFinite(centiseconds) ? new AnswerDelay(centiseconds) : default;

    /// <summary>The delay with the endpoints swapped: none, unless the other endpoint asked.</summary>
    public AnswerDelay Turn() => new(BitConverter.UInt16BitsToHalf((ushort)(Bits ^ SignBit)));

    /// <summary>The delay between two times; none when the answer comes before the question, as after a clock
    /// change.</summary>
    public static AnswerDelay Between(long askedNs, long answeredNs)
    {
        if (answeredNs < askedNs)
            return default;
        var centiseconds = (answeredNs - askedNs) / NsPerCentisecond;
        return new AnswerDelay((Half)Math.Clamp(centiseconds, (double)Half.Epsilon, (double)Half.MaxValue));
    }
}
