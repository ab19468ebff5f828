using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>
/// Reads values of ASN.1 in the aligned variant of the packed encoding rules (X.691), bit by bit from the first on. A
/// value that is not there, or of a form that is not read here, breaks the reader: everything is 0 or empty from then
/// on.
/// </summary>
internal ref struct PerReader
{
    private const int BitsOfByte = 8;

    /// <summary>Most significant bits of a length: below this one byte, below the next two, above it fragments (X.691
    /// §11.9.3).</summary>
    private const byte TwoBytes = 0x80;
    private const byte Fragments = 0xC0;

    /// <summary>Bits of a small number or length (§11.6, §11.9.3.4).</summary>
    private const int SmallNumberBits = 6;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _bit;

    /// <summary>Starts at the first bit.</summary>
    public PerReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when something could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads one bit: a boolean, the presence of an optional component, the mark of an extension.</summary>
    public bool ReadBit() => ReadBits(1) != 0;

    /// <summary>Reads a field of bits: a whole number of a range below 256 (§11.5.7.1), the index of a
    /// choice.</summary>
    /// <param name="count">Bits, 1 to 16.</param>
    public int ReadBits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            if (IsBroken || _bit / BitsOfByte >= _bytes.Length)
            {
                IsBroken = true;
                return 0;
            }

            value = (value << 1) | ((_bytes[_bit / BitsOfByte] >> (BitsOfByte - 1 - _bit % BitsOfByte)) & 1);
            _bit++;
        }

        return value;
    }

    /// <summary>Reads whole octets, from the next one that begins.</summary>
    public ReadOnlySpan<byte> ReadOctets(int count)
    {
        var at = (_bit + BitsOfByte - 1) / BitsOfByte;
        if (IsBroken || count < 0 || count > _bytes.Length - at)
        {
            IsBroken = true;
            return [];
        }

        _bit = (at + count) * BitsOfByte;
        return _bytes.Slice(at, count);
    }

    /// <summary>Reads a whole number of a range of 256 values, which takes an octet (§11.5.7.2).</summary>
    public byte ReadByte() => ReadOctets(1) is [var value] ? value : (byte)0;

    /// <summary>Reads a whole number of a range of 257 to 65,536 values, as its distance from the least one
    /// (§11.5.7.3).</summary>
    public ushort ReadUInt16() => ReadOctets(sizeof(ushort)) is { IsEmpty: false } octets
        ? BinaryPrimitives.ReadUInt16BigEndian(octets)
        : (ushort)0;

    /// <summary>Reads a length without bounds; one in fragments, of 16 KiB and more, breaks the reader.</summary>
    public int ReadLength()
    {
        var first = ReadByte();
        if (first < TwoBytes)
            return first;
        IsBroken |= first >= Fragments;
        return ((first & ~TwoBytes) << BitsOfByte) | ReadByte();
    }

    /// <summary>Reads a number that is most often small, as the index of a choice's extension (§11.6).</summary>
    public int ReadSmallNumber()
    {
        IsBroken |= ReadBit();
        return ReadBits(SmallNumberBits);
    }

    /// <summary>Reads a value of any type: a length, and the octets of its own encoding (§11.2).</summary>
    public ReadOnlySpan<byte> ReadOpenType() => ReadOctets(ReadLength());

    /// <summary>Passes over the extension of a sequence (§19.7 to §19.9).</summary>
    public void SkipAdditions()
    {
        var present = ReadAdditions();
        for (; present != 0 && !IsBroken; present &= present - 1)
            ReadOpenType();
    }

    /// <summary>Reads which additions of a sequence's extension are there: the lowest bit stands for the first one.
    /// Their values follow, each as an open type.</summary>
    public ulong ReadAdditions()
    {
        var count = ReadSmallNumber() + 1;
        var present = 0ul;
        for (var i = 0; i < count; i++)
            present |= ReadBit() ? 1ul << i : 0;
        return present;
    }
}
