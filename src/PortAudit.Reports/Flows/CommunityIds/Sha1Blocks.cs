using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PortAudit.Reports.Flows.CommunityIds;

/// <summary>SHA-1 (FIPS 180-4 §6.1) of four one-block messages at a time, one vector lane each. The Community ID needs
/// a hash per flow, and the platform's takes ten times as long for such short messages. Not for security.</summary>
/// <remarks>Blocks and hashes are given in words of 32 bits, those of all lanes together: word <c>t</c> of a lane is at
/// <c>t * Lanes + lane</c>.</remarks>
internal static class Sha1Blocks
{
    /// <summary>Messages that are hashed at a time.</summary>
    public const int Lanes = 4;

    /// <summary>Words of a block.</summary>
    public const int BlockWords = 16;

    /// <summary>Longest message, in words: the block less its mark and its length.</summary>
    public const int MaximumWords = BlockWords - 1 - 2;

    /// <summary>Words of a hash.</summary>
    public const int HashWords = 5;

    private const uint EndMark = 0x8000_0000;
    private const int BitsOfWord = 32;
    private const int RoundsOfFunction = 20;
    private const int Rounds = 4 * RoundsOfFunction;

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

    /// <summary>Puts a message into the block of a lane.</summary>
    /// <param name="blocks">The words of all lanes; those of this one are 0.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="message">The message, whole words, at most <see cref="MaximumWords"/>.</param>
    public static void SetMessage(Span<uint> blocks, int lane, ReadOnlySpan<byte> message)
    {
        var words = message.Length / sizeof(uint);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words, MaximumWords);
        for (var word = 0; word < words; word++)
            blocks[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(message[(word * sizeof(uint))..]);
        blocks[(words * Lanes) + lane] = EndMark;
        blocks[((BlockWords - 1) * Lanes) + lane] = (uint)words * BitsOfWord;
    }

    /// <summary>Hashes a block of each lane.</summary>
    /// <param name="blocks">Their words.</param>
    /// <param name="hashes">Receives the words of their hashes.</param>
    public static void Hash(ReadOnlySpan<uint> blocks, Span<uint> hashes)
    {
        Span<Vector128<uint>> w = stackalloc Vector128<uint>[Rounds];
        foreach (ref var word in w[..BlockWords])
        {
            word = Vector128.Create(blocks);
            blocks = blocks[Lanes..];
        }

        w[16] = Word(w[13], w[8], w[2], w[0]);
        w[17] = Word(w[14], w[9], w[3], w[1]);
        w[18] = Word(w[15], w[10], w[4], w[2]);
        w[19] = Word(w[16], w[11], w[5], w[3]);
        Compress(w, hashes);
    }

    private static void Compress(Span<Vector128<uint>> w, Span<uint> hashes)
    {
        var (a, b, c) = (Vector128.Create(InitialA), Vector128.Create(InitialB), Vector128.Create(InitialC));
        var (d, e) = (Vector128.Create(InitialD), Vector128.Create(InitialE));
        for (var k = Vector128.Create(K0); w.Length > Rounds - RoundsOfFunction; w = w[5..])
        {
            Extend(w);
            // Five rounds give each variable back its name: nothing is moved from one to the next.
            Round(a, ref b, Choose(b, c, d), ref e, k + w[0]);
            Round(e, ref a, Choose(a, b, c), ref d, k + w[1]);
            Round(d, ref e, Choose(e, a, b), ref c, k + w[2]);
            Round(c, ref d, Choose(d, e, a), ref b, k + w[3]);
            Round(b, ref c, Choose(c, d, e), ref a, k + w[4]);
        }

        for (var k = Vector128.Create(K20); w.Length > Rounds - (2 * RoundsOfFunction); w = w[5..])
        {
            Extend(w);
            Round(a, ref b, b ^ c ^ d, ref e, k + w[0]);
            Round(e, ref a, a ^ b ^ c, ref d, k + w[1]);
            Round(d, ref e, e ^ a ^ b, ref c, k + w[2]);
            Round(c, ref d, d ^ e ^ a, ref b, k + w[3]);
            Round(b, ref c, c ^ d ^ e, ref a, k + w[4]);
        }

        for (var k = Vector128.Create(K40); w.Length > RoundsOfFunction; w = w[5..])
        {
            Extend(w);
            Round(a, ref b, Majority(b, c, d), ref e, k + w[0]);
            Round(e, ref a, Majority(a, b, c), ref d, k + w[1]);
            Round(d, ref e, Majority(e, a, b), ref c, k + w[2]);
            Round(c, ref d, Majority(d, e, a), ref b, k + w[3]);
            Round(b, ref c, Majority(c, d, e), ref a, k + w[4]);
        }

        for (var k = Vector128.Create(K60); w.Length > 0; w = w[5..])
        {
            Round(a, ref b, b ^ c ^ d, ref e, k + w[0]);
            Round(e, ref a, a ^ b ^ c, ref d, k + w[1]);
            Round(d, ref e, e ^ a ^ b, ref c, k + w[2]);
            Round(c, ref d, d ^ e ^ a, ref b, k + w[3]);
            Round(b, ref c, c ^ d ^ e, ref a, k + w[4]);
        }

        (a + Vector128.Create(InitialA)).CopyTo(hashes);
        (b + Vector128.Create(InitialB)).CopyTo(hashes[Lanes..]);
        (c + Vector128.Create(InitialC)).CopyTo(hashes[(2 * Lanes)..]);
        (d + Vector128.Create(InitialD)).CopyTo(hashes[(3 * Lanes)..]);
        (e + Vector128.Create(InitialE)).CopyTo(hashes[(4 * Lanes)..]);
    }

    /// <summary>Makes five words more of the schedule, those that are wanted twenty rounds after the next
    /// five.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(Span<Vector128<uint>> w)
    {
        w[20] = Word(w[17], w[12], w[6], w[4]);
        w[21] = Word(w[18], w[13], w[7], w[5]);
        w[22] = Word(w[19], w[14], w[8], w[6]);
        w[23] = Word(w[20], w[15], w[9], w[7]);
        w[24] = Word(w[21], w[16], w[10], w[8]);
    }

    /// <summary>A word of the schedule (§6.1.2) from those 3, 8, 14 and 16 words before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Word(Vector128<uint> third, Vector128<uint> eighth, Vector128<uint> fourteenth,
        Vector128<uint> sixteenth) =>
        RotateLeft(third ^ eighth ^ fourteenth ^ sixteenth, 1);

    /// <summary>A round (§6.1.2) in which <paramref name="e"/> becomes what is <c>a</c> in the next,
    /// <paramref name="b"/> what is <c>c</c> there, and the others move on by name alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(Vector128<uint> a, ref Vector128<uint> b, Vector128<uint> function, ref Vector128<uint> e,
        Vector128<uint> constantAndWord)
    {
        e += constantAndWord + function + RotateLeft(a, 5);
        b = RotateLeft(b, 30);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) =>
        (value << bits) | (value >>> (BitsOfWord - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Choose(Vector128<uint> x, Vector128<uint> y, Vector128<uint> z) => z ^ (x & (y ^ z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Majority(Vector128<uint> x, Vector128<uint> y, Vector128<uint> z) =>
        (x & y) | (z & (x | y));
}
