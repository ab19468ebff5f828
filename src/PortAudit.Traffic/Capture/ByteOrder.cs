using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>The byte order in which a capture's own fields are written: that of the machine that wrote it.</summary>
/// <param name="IsBigEndian">True when the most significant byte comes first.</param>
internal readonly record struct ByteOrder(bool IsBigEndian)
{
    /// <summary>Least significant byte first.</summary>
    public static readonly ByteOrder LittleEndian;

    /// <summary>Most significant byte first.</summary>
    public static readonly ByteOrder BigEndian = new(true);

    /// <summary>The first two bytes as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadUInt16(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>The first four bytes as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>The first eight bytes as a signed number.</summary>
    public long ReadInt64(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <inheritdoc />
    public override string ToString() => IsBigEndian ? "big-endian" : "little-endian";
}
