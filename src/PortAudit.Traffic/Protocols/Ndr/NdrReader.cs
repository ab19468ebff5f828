using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Ndr;

/// <summary>Reads stub data in NDR (C706 §14.2, §14.3) or NDR64 ([MS-RPCE] 2.2.5). Missing data reads as zeros and
/// permanently sets <see cref="HasFailed"/>: check it before using values.</summary>
internal ref struct NdrReader
{
    private readonly ReadOnlySpan<byte> _stub;
    private readonly NdrSyntax _syntax;
    private int _at;

    public NdrReader(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        _stub = stub;
        _syntax = syntax;
    }

    /// <summary>True after a read beyond the data.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The unread bytes.</summary>
    public readonly ReadOnlySpan<byte> Rest => HasFailed ? default : _stub[_at..];

    /// <summary>Reads an aligned short, 16 bits.</summary>
    public ushort UInt16()
    {
        var bytes = Aligned(sizeof(ushort));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>Reads an aligned long, 32 bits.</summary>
    public uint UInt32()
    {
        var bytes = Aligned(sizeof(uint));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Reads an aligned hyper, 64 bits.</summary>
    public ulong UInt64()
    {
        var bytes = Aligned(sizeof(ulong));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Reads an array's maximum, offset or count: 32 bits in NDR, 64 in NDR64.</summary>
    public ulong Count() => _syntax.Is64 ? UInt64() : UInt32();

    /// <summary>Reads a pointer; false when it is null.</summary>
    public bool Pointer() => Count() != 0;

    /// <summary>Reads unaligned bytes.</summary>
    public ReadOnlySpan<byte> Bytes(ulong count)
    {
        if (HasFailed || count > (ulong)(_stub.Length - _at))
        {
            HasFailed = true;
            return default;
        }

        _at += (int)count;
        return _stub.Slice(_at - (int)count, (int)count);
    }

    /// <summary>Moves to a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public void Align(int alignment) => Bytes((ulong)(-_at & (alignment - 1)));

    /// <summary>Aligns to a structure with a pointer: to 4 in NDR, to 8 in NDR64.</summary>
    public void AlignPointer() => Align(_syntax.Is64 ? sizeof(ulong) : sizeof(uint));

    private ReadOnlySpan<byte> Aligned(int length)
    {
        Align(length);
        var bytes = Bytes((ulong)length);
        return bytes.IsEmpty ? Zeros[..length] : bytes;
    }

    private static ReadOnlySpan<byte> Zeros => [0, 0, 0, 0, 0, 0, 0, 0];
}
