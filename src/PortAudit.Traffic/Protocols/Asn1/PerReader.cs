using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>Reads ASN.1 values in aligned PER (X.691), bit by bit. A missing or unsupported value breaks the reader:
/// from then on everything reads as 0 or empty.</summary>
internal ref struct PerReader
{
    private const int BitsOfByte = 8;

    /// <summary>Upper bits of a length: below this one byte, below the next two, above it fragments (X.691
    /// §11.9.3).</summary>
    private const byte TwoBytes = 0x80;
    private const byte Fragments = 0xC0;

    /// <summary>Bits of a small number or length (§11.6, §11.9.3.4).</summary>
    private const int SmallNumberBits = 6;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _bit;

    public PerReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True after a read error.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads a bit: a boolean, presence of an optional component, or an extension marker.</summary>
    public bool ReadBit() => ReadBits(1) != 0;

    /// <summary>Reads 1 to 16 bits: an integer with a range below 256 (§11.5.7.1), or a choice index.</summary>
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

    /// <summary>Reads whole octets, from the next octet boundary.</summary>
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

    /// <summary>Reads an integer with a range of 256 values, one octet (§11.5.7.2).</summary>
    public byte ReadByte() => ReadOctets(1) is [var value] ? value : (byte)0;

    /// <summary>Reads an integer with a range of 257 to 65,536 values, as an offset from the lowest
    /// (§11.5.7.3).</summary>
    public ushort ReadUInt16() => ReadOctets(sizeof(ushort)) is { IsEmpty: false } octets
        ? BinaryPrimitives.ReadUInt16BigEndian(octets)
        : (ushort)0;

    /// <summary>Reads an unbounded length; a fragmented one, of 16 KiB or more, breaks the reader.</summary>
    public int ReadLength()
    {
        var first = ReadByte();
        if (first < TwoBytes)
            return first;
        IsBroken |= first >= Fragments;
        return ((first & ~TwoBytes) << BitsOfByte) | ReadByte();
    }

    /// <summary>Reads a normally small number, such as an extension's choice index (§11.6).</summary>
    public int ReadSmallNumber()
    {
        IsBroken |= ReadBit();
        return ReadBits(SmallNumberBits);
    }

    /// <summary>Reads a length and the octets of an open type (§11.2).</summary>
    public ReadOnlySpan<byte> ReadOpenType() => ReadOctets(ReadLength());

    /// <summary>Skips the extensions of a sequence (§19.7 to §19.9).</summary>
    public void SkipAdditions()
    {
        var present = ReadAdditions();
        for (; present != 0 && !IsBroken; present &= present - 1)
            ReadOpenType();
    }

    /// <summary>Reads the presence bits of a sequence's extensions, the first in the lowest bit. Their values follow as
    /// open types.</summary>
    public ulong ReadAdditions()
    {
        var count = ReadSmallNumber() + 1;
        var present = 0ul;
        for (var i = 0; i < count; i++)
            present |= ReadBit() ? 1ul << i : 0;
        return present;
    }
}
