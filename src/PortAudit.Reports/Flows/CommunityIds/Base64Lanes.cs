using System.Runtime.Intrinsics;

namespace PortAudit.Reports.Flows.CommunityIds;

/// <summary>The base64 form (RFC 4648 §4) of hashes as <see cref="Sha1Blocks"/> gives them: of all lanes at a time,
/// four digits of each.</summary>
internal static class Base64Lanes
{
    /// <summary>Words of the text of a hash: 27 digits and one byte of padding, the first in the lowest byte.</summary>
    public const int TextWords = 7;

    /// <summary>Writes the texts of hashes.</summary>
    /// <param name="hashes">The words of the hashes of all lanes.</param>
    /// <param name="texts">Receives <see cref="TextWords"/> words of each lane, in the same order.</param>
    public static void Encode(ReadOnlySpan<uint> hashes, Span<uint> texts)
    {
        var (first, second, third) = (Word(hashes, 0), Word(hashes, 1), Word(hashes, 2));
        var (fourth, fifth) = (Word(hashes, 3), Word(hashes, 4));
        Digits(first >>> 8).CopyTo(texts);
        Digits((first << 16) | (second >>> 16)).CopyTo(texts[Sha1Blocks.Lanes..]);
        Digits((second << 8) | (third >>> 24)).CopyTo(texts[(2 * Sha1Blocks.Lanes)..]);
        Digits(third).CopyTo(texts[(3 * Sha1Blocks.Lanes)..]);
        Digits(fourth >>> 8).CopyTo(texts[(4 * Sha1Blocks.Lanes)..]);
        Digits((fourth << 16) | (fifth >>> 16)).CopyTo(texts[(5 * Sha1Blocks.Lanes)..]);
        ((Digits(fifth << 8) & Vector128.Create(0x00FF_FFFFu))
            | Vector128.Create((uint)'=' << 24)).CopyTo(texts[(6 * Sha1Blocks.Lanes)..]);
    }

    private static Vector128<uint> Word(ReadOnlySpan<uint> hashes, int index) =>
        Vector128.Create(hashes.Slice(index * Sha1Blocks.Lanes, Sha1Blocks.Lanes));

    /// <summary>The four digits of the lower 24 bits of each lane.</summary>
    private static Vector128<uint> Digits(Vector128<uint> bits)
    {
        var values = (((bits >>> 18) & Vector128.Create(0x3Fu)) | ((bits >>> 4) & Vector128.Create(0x3F00u))
            | ((bits << 10) & Vector128.Create(0x003F_0000u))
            | ((bits << 24) & Vector128.Create(0x3F00_0000u))).AsSByte();
        var digits = values + Vector128.Create((sbyte)'A')
            + (Vector128.GreaterThan(values, Vector128.Create((sbyte)25)) & Vector128.Create((sbyte)('a' - 26 - 'A')))
            + (Vector128.GreaterThan(values,
                Vector128.Create((sbyte)51)) & Vector128.Create((sbyte)('0' - 52 - ('a' - 26))))
            + (Vector128.GreaterThan(values,
                Vector128.Create((sbyte)61)) & Vector128.Create((sbyte)('+' - 62 - ('0' - 52))))
            + (Vector128.GreaterThan(values,
                Vector128.Create((sbyte)62)) & Vector128.Create((sbyte)('/' - 63 - ('+' - 62))));
        return digits.AsUInt32();
    }
}
