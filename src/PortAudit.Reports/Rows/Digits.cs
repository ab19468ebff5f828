using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Bytes that any number is written to.</summary>
    public const int NumberRoom = 20;

    /// <summary>Hexadecimal digits of 64 bits.</summary>
    public const int HexadecimalLength = 16;

    private const int BitsOfCount = 24;
    private const int BitsOfPlain = 32;

    /// <summary>
    /// By number, in the lower half its digits without leading zeros, from the lowest byte, and in the highest byte of
    /// that half their count; in the upper half its three digits with leading zeros.
    /// </summary>
    private static readonly ulong[] Groups = MakeGroups();

    /// <summary>Writes a number without leading zeros and returns the count of its digits.</summary>
    /// <param name="number">Below <see cref="Group"/>.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(uint number, Span<byte> text)
    {
        var digits = (uint)Groups[number];
        BinaryPrimitives.WriteUInt32LittleEndian(text, digits);
        return (int)(digits >> BitsOfCount);
    }

    /// <summary>Writes any number and returns the length of its text.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">At least <see cref="NumberRoom"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteNumber(long number, Span<byte> text) =>
        (ulong)number < Group ? Write((uint)number, text) : WriteLong(number, text);

    /// <summary>Writes a number as three digits.</summary>
    /// <param name="number">Below <see cref="Group"/>.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WritePadded(uint number, Span<byte> text) =>
        BinaryPrimitives.WriteUInt32LittleEndian(text, (uint)(Groups[number] >> BitsOfPlain));

    /// <summary>Writes a number as two digits.</summary>
    /// <param name="number">Below 100.</param>
    /// <param name="text">At least two bytes.</param>
    public static void WritePair(uint number, Span<byte> text) =>
        BinaryPrimitives.WriteUInt16LittleEndian(text, (ushort)(Groups[number] >> (BitsOfPlain + 8)));

    /// <summary>Writes a number as 16 hexadecimal digits.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">At least <see cref="HexadecimalLength"/> bytes.</param>
    public static void WriteHexadecimal(ulong number, Span<byte> text)
    {
        // Each byte becomes two, of which the first in memory has its upper half.
        var pairs = Vector128.WidenLower(Vector128.CreateScalar(BinaryPrimitives.ReverseEndianness(number)).AsByte());
        var digits = (((pairs << 8) | (pairs >>> 4)) & Vector128.Create((ushort)0x0F0F)).AsSByte();
        var letters =
            Vector128.GreaterThan(digits, Vector128.Create((sbyte)9)) & Vector128.Create((sbyte)('a' - '0' - 10));
        (digits + letters + Vector128.Create((sbyte)'0')).AsByte().CopyTo(text);
    }

    private static int WriteLong(long number, Span<byte> text)
    {
        if ((ulong)number >= Group * Group)
            return WriteLonger(number, text);
        var (thousands, rest) = Math.DivRem((uint)number, Group);
        var length = Write(thousands, text);
        WritePadded(rest, text[length..]);
        return length + GroupDigits;
    }

    /// <summary>Apart, as a method that gives the address of a variable away blanks its stack at every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteLonger(long number, Span<byte> text)
    {
        Utf8Formatter.TryFormat(number, text, out var written);
        return written;
    }

    private static ulong[] MakeGroups()
    {
        // Without a shift to the right: what the ahead-of-time compiler can work out by itself is a constant of the
        // program.
        var groups = new ulong[Group];
        for (uint number = 0; number < Group; number++)
        {
            var (hundreds, tens, ones) = ('0' + (number / 100), '0' + (number / 10 % 10), '0' + (number % 10));
            var padded = hundreds | (tens << 8) | (ones << 16);
            var plain = number >= 100
                ? padded | (3u << BitsOfCount)
                : number >= 10 ? tens | (ones << 8) | (2u << BitsOfCount) : ones | (1u << BitsOfCount);
            groups[number] = ((ulong)padded << BitsOfPlain) | plain;
        }

        return groups;
    }
}
