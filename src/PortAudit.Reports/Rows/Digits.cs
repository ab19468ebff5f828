using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Reports.Rows;

/// <summary>Writes numbers as ASCII digits, three at a time from a table: most of a list of flows is numbers.</summary>
internal static class Digits
{
    /// <summary>Numbers of the table: those of one to three digits.</summary>
    public const uint Group = 1_000;

    /// <summary>Digits of the largest of them.</summary>
    public const int GroupDigits = 3;

    /// <summary>Bytes that a number of the table is written to, whatever the count of its digits.</summary>
    public const int Room = 4;

    private const int BitsOfCount = 24;
    private const ulong Ones = 0x0101_0101_0101_0101;

    /// <summary>By number: its three digits with leading zeros, from the lowest byte, and in the highest the count of those that are not leading zeros.</summary>
    private static readonly uint[] Groups = MakeGroups();

    /// <summary>Writes a number without leading zeros and returns the count of its digits.</summary>
    /// <param name="number">Below <see cref="Group"/>.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(uint number, Span<byte> text)
    {
        var group = Groups[number];
        var count = (int)(group >> BitsOfCount);
        BinaryPrimitives.WriteUInt32LittleEndian(text, group >> ((GroupDigits - count) * 8));
        return count;
    }

    /// <summary>Writes a number as three digits.</summary>
    /// <param name="number">Below <see cref="Group"/>.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WritePadded(uint number, Span<byte> text) => BinaryPrimitives.WriteUInt32LittleEndian(text, Groups[number]);

    /// <summary>Writes a number as two digits.</summary>
    /// <param name="number">Below 100.</param>
    /// <param name="text">At least two bytes.</param>
    public static void WritePair(uint number, Span<byte> text) => BinaryPrimitives.WriteUInt16LittleEndian(text, (ushort)(Groups[number] >> 8));

    /// <summary>The hexadecimal digits of 32 bits in lower case, the first in the highest byte.</summary>
    public static ulong Hexadecimal(uint number)
    {
        // Each step moves the upper half of a group away from its lower half, until a digit has a byte of its own.
        ulong digits = number;
        digits = (digits | (digits << 16)) & 0x0000_FFFF_0000_FFFF;
        digits = (digits | (digits << 8)) & 0x00FF_00FF_00FF_00FF;
        digits = (digits | (digits << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        var letters = ((digits + (6 * Ones)) >> 4) & Ones;
        return digits + ('0' * Ones) + (letters * ('a' - '0' - 10));
    }

    private static uint[] MakeGroups()
    {
        var groups = new uint[Group];
        for (uint number = 0; number < Group; number++)
        {
            var count = number >= 100 ? 3u : number >= 10 ? 2u : 1u;
            groups[number] = ('0' + (number / 100)) | (('0' + (number / 10 % 10)) << 8) | (('0' + (number % 10)) << 16) | (count << BitsOfCount);
        }

        return groups;
    }
}
