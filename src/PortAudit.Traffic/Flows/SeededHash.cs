using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Hashes of what the network decides about, for tables: with numbers that are others in each process, as the runtime's hashes of strings are, so that nobody can send keys that all fall into one place. What is written or decided may not depend on them; <see cref="FlowIdHash"/> and
/// <see cref="FlowKey.Digest"/> are the same in every run.
/// </summary>
/// <remarks>Words are folded in pairs by a full 64 by 64 bit multiplication whose halves are combined, as in wyhash.</remarks>
internal static class SeededHash
{
    private static readonly ulong First = Of("first", "second");
    private static readonly ulong Second = Of("third", "fourth");
    private static readonly ulong Third = Of("fifth", "sixth");

    /// <summary>A hash of two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong one, ulong other) => Fold(one ^ First, other ^ Second);

    /// <summary>A hash of three words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong one, ulong other, ulong third) => Fold(Of(one, other) ^ third, Third);

    /// <summary>A hash of six words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong one, ulong other, ulong third, ulong fourth, ulong fifth, ulong sixth) =>
        Fold(Of(one, other) ^ fifth, Fold(third ^ Second, fourth ^ Third) ^ sixth ^ First);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong one, ulong other) => Math.BigMul(one, other, out var low) ^ low;

    private static ulong Of(string one, string other) =>
        ((ulong)(uint)string.GetHashCode(one, StringComparison.Ordinal) << 32) | (uint)string.GetHashCode(other, StringComparison.Ordinal) | 1;
}
