using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// SHA-1 (FIPS 180-4 §6.1) of a message that fits one block. The Community ID asks for it once for each flow, and for so short a message the
/// platform's own, which asks its provider each time, takes about three times as long. It protects nothing.
/// </summary>
internal static class Sha1Block
{
    /// <summary>Longest message, in bytes: the block less its mark and its length.</summary>
    public const int MaximumLength = BlockLength - 1 - 8;

    /// <summary>Length of a hash, in bytes.</summary>
    public const int HashLength = 20;

    private const int BlockLength = 64;
    private const int BlockWords = 16;

    // FIPS 180-4 §5.3.1.
    private const uint InitialA = 0x6745_2301;
    private const uint InitialB = 0xEFCD_AB89;
    private const uint InitialC = 0x98BA_DCFE;
    private const uint InitialD = 0x1032_5476;
    private const uint InitialE = 0xC3D2_E1F0;

    // FIPS 180-4 §4.2.1: one constant for each twenty rounds.
    private const uint K0 = 0x5A82_7999;
    private const uint K20 = 0x6ED9_EBA1;
    private const uint K40 = 0x8F1B_BCDC;
    private const uint K60 = 0xCA62_C1D6;

    /// <summary>Hashes a message.</summary>
    /// <param name="message">At most <see cref="MaximumLength"/> bytes.</param>
    /// <param name="hash">At least <see cref="HashLength"/> bytes.</param>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MaximumLength);
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(block[(BlockLength - 4)..], (uint)message.Length * 8);

        Span<uint> w = stackalloc uint[BlockWords];
        for (var i = 0; i < BlockWords; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        Compress(w, hash);
    }

    // Five rounds at a time, after which every variable has its own name again and nothing was moved.
    private static void Compress(Span<uint> w, Span<byte> hash)
    {
        var (a, b, c, d, e) = (InitialA, InitialB, InitialC, InitialD, InitialE);
        for (var t = 0; t < 20; t += 5)
        {
            Round(a, ref b, Choose(b, c, d), ref e, K0 + Word(w, t));
            Round(e, ref a, Choose(a, b, c), ref d, K0 + Word(w, t + 1));
            Round(d, ref e, Choose(e, a, b), ref c, K0 + Word(w, t + 2));
            Round(c, ref d, Choose(d, e, a), ref b, K0 + Word(w, t + 3));
            Round(b, ref c, Choose(c, d, e), ref a, K0 + Word(w, t + 4));
        }

        for (var t = 20; t < 40; t += 5)
            FiveOfParity(w, t, K20, ref a, ref b, ref c, ref d, ref e);
        for (var t = 40; t < 60; t += 5)
        {
            Round(a, ref b, Majority(b, c, d), ref e, K40 + Word(w, t));
            Round(e, ref a, Majority(a, b, c), ref d, K40 + Word(w, t + 1));
            Round(d, ref e, Majority(e, a, b), ref c, K40 + Word(w, t + 2));
            Round(c, ref d, Majority(d, e, a), ref b, K40 + Word(w, t + 3));
            Round(b, ref c, Majority(c, d, e), ref a, K40 + Word(w, t + 4));
        }

        for (var t = 60; t < 80; t += 5)
            FiveOfParity(w, t, K60, ref a, ref b, ref c, ref d, ref e);
        BinaryPrimitives.WriteUInt32BigEndian(hash, InitialA + a);
        BinaryPrimitives.WriteUInt32BigEndian(hash[4..], InitialB + b);
        BinaryPrimitives.WriteUInt32BigEndian(hash[8..], InitialC + c);
        BinaryPrimitives.WriteUInt32BigEndian(hash[12..], InitialD + d);
        BinaryPrimitives.WriteUInt32BigEndian(hash[16..], InitialE + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FiveOfParity(Span<uint> w, int t, uint k, ref uint a, ref uint b, ref uint c, ref uint d, ref uint e)
    {
        Round(a, ref b, b ^ c ^ d, ref e, k + Word(w, t));
        Round(e, ref a, a ^ b ^ c, ref d, k + Word(w, t + 1));
        Round(d, ref e, e ^ a ^ b, ref c, k + Word(w, t + 2));
        Round(c, ref d, d ^ e ^ a, ref b, k + Word(w, t + 3));
        Round(b, ref c, c ^ d ^ e, ref a, k + Word(w, t + 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, ref uint b, uint mixed, ref uint e, uint added)
    {
        e += BitOperations.RotateLeft(a, 5) + mixed + added;
        b = BitOperations.RotateLeft(b, 30);
    }

    /// <summary>Word <paramref name="t"/> of the schedule (§6.1.3: sixteen words are enough, each is replaced by the one sixteen later).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(Span<uint> w, int t)
    {
        if (t < BlockWords)
            return w[t];
        ref var word = ref w[t & 15];
        word = BitOperations.RotateLeft(word ^ w[(t + 2) & 15] ^ w[(t + 8) & 15] ^ w[(t + 13) & 15], 1);
        return word;
    }

    private static uint Choose(uint x, uint y, uint z) => z ^ (x & (y ^ z));

    private static uint Majority(uint x, uint y, uint z) => (x & y) | (z & (x | y));
}
