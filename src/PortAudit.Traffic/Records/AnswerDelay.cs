namespace PortAudit.Traffic.Records;

/// <summary>
/// The time from one end's first packet to the other end's first. Two bytes, as every flow has one: known to one part
/// in 2,048, longest 655 s, which stands for what is longer. The default is none: one end was silent.
/// </summary>
public readonly record struct AnswerDelay
{
    private const double NsPerCentisecond = 10_000_000;

    /// <summary>The sign of binary16. The framework's negation of a <see cref="Half"/> is a way through single
    /// precision and back.</summary>
    private const ushort SignBit = 0x8000;

    // Hundredths of a second, whose binary16 (IEEE 754 §3.6) reaches from below a nanosecond to 655 s; negative where
    // the end that answered counts as the one that asked.
    private readonly Half _centiseconds;

    private AnswerDelay(Half centiseconds) => _centiseconds = centiseconds;

    /// <summary>The delay in nanoseconds; null when there is none, or when the end that is taken for the one that asked
    /// spoke last.</summary>
    public long? Ns => _centiseconds > Half.Zero ? (long)((double)_centiseconds * NsPerCentisecond) : null;

    /// <summary>The two bytes, to be kept and taken up again with <see cref="FromBits"/>.</summary>
    public ushort Bits => BitConverter.HalfToUInt16Bits(_centiseconds);

    /// <summary>The delay whose <see cref="Bits"/> these are. Any two bytes are one: what is no number is
    /// none.</summary>
    public static AnswerDelay FromBits(ushort bits) => BitConverter.UInt16BitsToHalf(bits) is var centiseconds
        && Half.IsFinite(centiseconds) ? new AnswerDelay(centiseconds) : default;

    /// <summary>The same delay where the two ends change over: none, unless it was the other end that asked.</summary>
    public AnswerDelay Turn() => new(BitConverter.UInt16BitsToHalf((ushort)(Bits ^ SignBit)));

    /// <summary>The delay between two times.</summary>
    /// <param name="askedNs">When the one end spoke first, in nanoseconds since the Unix epoch.</param>
    /// <param name="answeredNs">When the other did. Before <paramref name="askedNs"/>, as where a clock was set back,
    /// there is no delay.</param>
    public static AnswerDelay Between(long askedNs, long answeredNs)
    {
        if (answeredNs < askedNs)
            return default;
        var centiseconds = (answeredNs - askedNs) / NsPerCentisecond;
        return new AnswerDelay((Half)Math.Clamp(centiseconds, (double)Half.Epsilon, (double)Half.MaxValue));
    }
}
