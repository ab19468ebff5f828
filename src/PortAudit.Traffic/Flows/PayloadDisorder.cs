namespace PortAudit.Traffic.Flows;

/// <summary>How disordered the bytes of a payload are: Shannon's entropy of its start. 64 encrypted bytes have nearly 6
/// bits per byte, text about 4.</summary>
internal static class PayloadDisorder
{
    /// <summary>Steps per bit.</summary>
    public const double Steps = 30;

    /// <summary>Bytes measured: what a flow costs must not depend on its packets.</summary>
    public const int MaximumBytes = 64;

    /// <summary>Fewer bytes say nothing.</summary>
    public const int MinimumBytes = 16;

    /// <summary>Logarithms of the numbers up to the longest: sixty-four of them for each flow cost a tenth of all
    /// time.</summary>
    private static readonly double[] Logarithms = [.. Enumerable.Range(0, MaximumBytes + 1).Select(n => Math.Log2(n))];

    /// <summary>Entropy in <see cref="Steps"/> plus one, at most 181; 0 when there are too few bytes.</summary>
    public static byte Of(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MinimumBytes)
            return 0;
        payload = payload[..Math.Min(payload.Length, MaximumBytes)];
        Span<byte> counts = stackalloc byte[256];
        counts.Clear();
        foreach (var octet in payload)
            counts[octet]++;
        var sum = 0.0;
        foreach (var octet in payload)
            sum += Logarithms[payload.Length] - Logarithms[counts[octet]];
        return (byte)(1 + Math.Round(sum / payload.Length * Steps));
    }
}
