using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// SHA-1 (FIPS 180-4 §6.1) of messages that fit one block each, eight at a time: each variable of the algorithm is a vector with one lane for
/// each message. The Community ID asks for one hash for each flow; so it takes a third of the time that one message after the other takes, and a tenth of
/// what the platform's own takes for messages so short. It protects nothing.
/// </summary>
internal static class Sha1Blocks
{
    /// <summary>Messages that are hashed at a time.</summary>
    public const int Lanes = 8;

    /// <summary>Length of a block, in bytes.</summary>
    public const int BlockLength = 64;

    /// <summary>Longest message, in bytes: the block less its mark and its length.</summary>
    public const int MaximumLength = BlockLength - 1 - 8;

    /// <summary>Length of a hash, in bytes.</summary>
    public const int HashLength = 20;

    private const int BlockWords = 16;
    private const byte EndMark = 0x80;

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

    /// <summary>Makes the block of a message that stands at its begin.</summary>
    /// <param name="block"><see cref="BlockLength"/> bytes, behind the message 0.</param>
    /// <param name="messageLength">At most <see cref="MaximumLength"/>.</param>
    public static void Pad(Span<byte> block, int messageLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messageLength, MaximumLength);
        block[messageLength] = EndMark;
        BinaryPrimitives.WriteUInt32BigEndian(block[(BlockLength - 4)..], (uint)messageLength * 8);
    }

    /// <summary>Hashes <see cref="Lanes"/> blocks.</summary>
    /// <param name="blocks">The blocks, one behind the other.</param>
    /// <param name="hashes">Receives their hashes, one behind the other.</param>
    public static void Hash(ReadOnlySpan<byte> blocks, Span<byte> hashes)
    {
        Span<Vector256<uint>> w = stackalloc Vector256<uint>[BlockWords];
        for (var t = 0; t < BlockWords; t++)
        {
            w[t] = Vector256.Create(
                WordOf(blocks, 0, t), WordOf(blocks, 1, t), WordOf(blocks, 2, t), WordOf(blocks, 3, t), WordOf(blocks, 4, t), WordOf(blocks, 5, t), WordOf(blocks, 6, t), WordOf(blocks, 7, t));
        }

        Compress(w, hashes);
    }

    private static uint WordOf(ReadOnlySpan<byte> blocks, int lane, int word) => BinaryPrimitives.ReadUInt32BigEndian(blocks[((lane * BlockLength) + (word * sizeof(uint)))..]);

    private static void Compress(Span<Vector256<uint>> w, Span<byte> hashes)
    {
        var (a, b, c) = (Vector256.Create(InitialA), Vector256.Create(InitialB), Vector256.Create(InitialC));
        var (d, e) = (Vector256.Create(InitialD), Vector256.Create(InitialE));
        var t = 0;
        for (var k = Vector256.Create(K0); t < 20; t++)
            (a, b, c, d, e) = (RotateLeft(a, 5) + Choose(b, c, d) + e + k + Word(w, t), a, RotateLeft(b, 30), c, d);
        for (var k = Vector256.Create(K20); t < 40; t++)
            (a, b, c, d, e) = (RotateLeft(a, 5) + (b ^ c ^ d) + e + k + Word(w, t), a, RotateLeft(b, 30), c, d);
        for (var k = Vector256.Create(K40); t < 60; t++)
            (a, b, c, d, e) = (RotateLeft(a, 5) + Majority(b, c, d) + e + k + Word(w, t), a, RotateLeft(b, 30), c, d);
        for (var k = Vector256.Create(K60); t < 80; t++)
            (a, b, c, d, e) = (RotateLeft(a, 5) + (b ^ c ^ d) + e + k + Word(w, t), a, RotateLeft(b, 30), c, d);
        Write(a + Vector256.Create(InitialA), hashes);
        Write(b + Vector256.Create(InitialB), hashes[4..]);
        Write(c + Vector256.Create(InitialC), hashes[8..]);
        Write(d + Vector256.Create(InitialD), hashes[12..]);
        Write(e + Vector256.Create(InitialE), hashes[16..]);
    }

    /// <summary>Writes one word of each hash.</summary>
    private static void Write(Vector256<uint> words, Span<byte> hashes)
    {
        for (var lane = 0; lane < Lanes; lane++)
            BinaryPrimitives.WriteUInt32BigEndian(hashes[(lane * HashLength)..], words.GetElement(lane));
    }

    /// <summary>Word <paramref name="t"/> of the schedule (§6.1.3: sixteen words are enough, each is replaced by the one sixteen later).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Word(Span<Vector256<uint>> w, int t)
    {
        if (t < BlockWords)
            return w[t];
        ref var word = ref w[t & 15];
        word = RotateLeft(word ^ w[(t + 2) & 15] ^ w[(t + 8) & 15] ^ w[(t + 13) & 15], 1);
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateLeft(Vector256<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Choose(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => z ^ (x & (y ^ z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Majority(Vector256<uint> x, Vector256<uint> y, Vector256<uint> z) => (x & y) | (z & (x | y));
}
