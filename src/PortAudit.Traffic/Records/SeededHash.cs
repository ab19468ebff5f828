using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Records;

/// <summary>Table hashes of data that the network controls, seeded per process like the runtime's string hashes, so
/// that nobody can force collisions. Output must not depend on them; <see cref="FlowIdHash"/> and
/// <see cref="FlowKey.Digest"/> are the same in every run.</summary>
/// <remarks>Each word that a sender chooses freely is mixed with the seed before the sum, so that equal sums cannot be
/// constructed.</remarks>
internal static class SeededHash
{
    // Odd, with irregular bits: primes of xxHash64.
    private const ulong Prime1 = 0x9E37_79B1_85EB_CA87;
    private const ulong Prime2 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Prime3 = 0x1656_67B1_9E37_79F9;
    private const ulong Prime4 = 0x85EB_CA77_C2B2_AE63;
    private const ulong Prime5 = 0x27D4_EB2F_1656_67C5;

    private static readonly ulong First = Of("first", "second");
    private static readonly ulong Second = Of("third", "fourth");

    /// <summary>A hash of three words. The last is no address and is not mixed. The second costs nothing when 0, as in
    /// IPv4 addresses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong one, ulong other, ulong third)
    {
        var sum = (Mixed(one ^ First) * Prime2) + (third * Prime4);
        return Finish(other == 0 ? sum : sum + (Mixed(other ^ Second) * Prime3));
    }

    /// <summary>A hash of six words. The last two are no addresses and are not mixed. The third and fourth cost nothing
    /// when both are 0, as in IPv4 addresses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong one, ulong other, ulong third, ulong fourth, ulong fifth, ulong sixth)
    {
        var sum =
            (Mixed(one ^ First) * Prime2) + (Mixed(other ^ Second) * Prime3) + (fifth * Prime1) + (sixth * Prime3);
        return Finish((third | fourth) == 0
            ? sum
            : sum + (Mixed(third + First) * Prime4) + (Mixed(fourth + Second) * Prime5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mixed(ulong word)
    {
        word *= Prime1;
        return word ^ (word >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong sum)
    {
        sum = (sum ^ (sum >> 32)) * Prime1;
        return sum ^ (sum >> 29);
    }

    private static ulong Of(string one, string other) =>
        ((ulong)(uint)string.GetHashCode(one, StringComparison.Ordinal) << 32)
        | (uint)string.GetHashCode(other, StringComparison.Ordinal) | 1;
}
