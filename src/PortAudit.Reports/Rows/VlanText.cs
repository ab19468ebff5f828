using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>Writes VLAN identifiers as <see cref="VlanTags.ToString"/> does.</summary>
internal static class VlanText
{
    /// <summary>Bytes that identifiers are written to: twice four digits, the dot between them, and what
    /// <see cref="Digits"/> writes behind them.</summary>
    public const int Room = 1 + (2 * Digits.NumberRoom);

    /// <summary>Writes identifiers and returns the length of their text, 0 without a tag.</summary>
    /// <param name="tags">The identifiers.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(VlanTags tags, Span<byte> text) => tags.Outer == 0 ? 0 : WriteTags(tags, text);

    private static int WriteTags(VlanTags tags, Span<byte> text)
    {
        var length = Digits.WriteNumber(tags.Outer - 1, text);
        if (tags.Inner == 0)
            return length;
        text[length++] = (byte)'.';
        return length + Digits.WriteNumber(tags.Inner - 1, text[length..]);
    }
}
