namespace PortAudit.Traffic.Capture;

/// <summary>Converts an interface's timestamps to nanoseconds (draft-ietf-opsawg-pcapng §4.2: <c>if_tsresol</c>,
/// <c>if_tsoffset</c>).</summary>
internal readonly struct PcapngClock
{
    /// <summary>Default of <c>if_tsresol</c>: microseconds.</summary>
    public const byte DefaultResolution = 6;

    private const int NanosecondDigits = 9;
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const byte PowerOfTwo = 0x80;

    /// <summary>Powers of ten beyond which 64 bits of units are less than a nanosecond: 10^(9+19) and finer.</summary>
    private const int LargestUsefulDivisor = 19;

    private readonly ulong _multiplier;
    private readonly UInt128 _divisor;
    private readonly Int128 _offsetNs;

    /// <param name="resolution"><c>if_tsresol</c>: a negative power of 10, or of 2 when the highest bit is set.</param>
    /// <param name="offsetSeconds"><c>if_tsoffset</c>: seconds to add.</param>
    public PcapngClock(byte resolution, long offsetSeconds)
    {
        var exponent = resolution & ~PowerOfTwo;
        _offsetNs = (Int128)offsetSeconds * NanosecondsPerSecond;
        if ((resolution & PowerOfTwo) != 0)
        {
            _multiplier = NanosecondsPerSecond;
            _divisor = UInt128.One << exponent;
            Digits = DigitsOfPowerOfTwo(exponent);
            return;
        }

        _multiplier = PowerOfTen(Math.Max(0, NanosecondDigits - exponent));
        _divisor = exponent - NanosecondDigits > LargestUsefulDivisor
            ? UInt128.MaxValue
            : PowerOfTen(Math.Max(0, exponent - NanosecondDigits));
        Digits = Math.Min(exponent, NanosecondDigits);
    }

    /// <summary>Decimal digits of a second in timestamps, at most 9.</summary>
    public int Digits { get; }

    /// <summary>The time in nanoseconds since the Unix epoch, rounded down and saturated to 64 bits.</summary>
    public long ToNs(ulong units)
    {
        if (_divisor == UInt128.One && _offsetNs == 0 && Math.BigMul(units, _multiplier, out var low) == 0
            && low <= long.MaxValue)
            return (long)low;

        // At most 2^64 x 10^9 < 2^94, so neither this nor the sum overflows.
        var ns = (Int128)((UInt128)units * _multiplier / _divisor) + _offsetNs;
        return (long)Int128.Clamp(ns, long.MinValue, long.MaxValue);
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>The fewest decimal digits that distinguish all multiples of 2^-exponent.</summary>
    private static int DigitsOfPowerOfTwo(int exponent)
    {
        var digits = 0;
        while (digits < NanosecondDigits && PowerOfTen(digits) < (UInt128.One << exponent))
            digits++;
        return digits;
    }
}
