using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Byte order of a capture's own fields: that of the writing machine.</summary>
/// <param name="IsBigEndian">True when the most significant byte comes first.</param>
internal readonly record struct ByteOrder(bool IsBigEndian)
{
    public static readonly ByteOrder LittleEndian;

    public static readonly ByteOrder BigEndian = new(true);

    /// <summary>Reads two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadUInt16(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Reads four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Reads eight bytes, signed.</summary>
    public long ReadInt64(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <inheritdoc />
    public override string ToString() => IsBigEndian ? "big-endian" : "little-endian";
}
