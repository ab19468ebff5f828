using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Ndr;

/// <summary>
/// Reads stub data from their start on, in NDR (C706 §14.2, §14.3) or NDR64 ([MS-RPCE] 2.2.5). What is not there reads
/// as zeros and sets <see cref="HasFailed"/>, which stays: ask before what was read is believed.
/// </summary>
internal ref struct NdrReader
{
    private readonly ReadOnlySpan<byte> _stub;
    private readonly NdrSyntax _syntax;
    private int _at;

    /// <summary>Begins at the start of <paramref name="stub"/>, to which everything is aligned.</summary>
    public NdrReader(ReadOnlySpan<byte> stub, NdrSyntax syntax)
    {
        _stub = stub;
        _syntax = syntax;
    }

    /// <summary>True when something was asked for that is not there.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => HasFailed ? default : _stub[_at..];

    /// <summary>Reads a short.</summary>
    public ushort UInt16()
    {
        var bytes = Aligned(sizeof(ushort));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>Reads a long, which has 32 bits.</summary>
    public uint UInt32()
    {
        var bytes = Aligned(sizeof(uint));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Reads a hyper, which has 64 bits.</summary>
    public ulong UInt64()
    {
        var bytes = Aligned(sizeof(ulong));
        return _syntax.IsLittleEndian
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Reads a maximum, an offset or a count of an array: 32 bits in NDR, 64 in NDR64.</summary>
    public ulong Count() => _syntax.Is64 ? UInt64() : UInt32();

    /// <summary>Reads a pointer; false when it is null.</summary>
    public bool Pointer() => Count() != 0;

    /// <summary>Reads bytes, which have no alignment.</summary>
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

    /// <summary>Moves on to a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public void Align(int alignment) => Bytes((ulong)(-_at & (alignment - 1)));

    /// <summary>Moves on to where a structure with a pointer begins: to 4 in NDR, to 8 in NDR64.</summary>
    public void AlignPointer() => Align(_syntax.Is64 ? sizeof(ulong) : sizeof(uint));

    private ReadOnlySpan<byte> Aligned(int length)
    {
        Align(length);
        var bytes = Bytes((ulong)length);
        return bytes.IsEmpty ? Zeros[..length] : bytes;
    }

    private static ReadOnlySpan<byte> Zeros => [0, 0, 0, 0, 0, 0, 0, 0];
}
