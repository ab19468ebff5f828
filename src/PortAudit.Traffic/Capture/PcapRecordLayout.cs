using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Layout of pcap record headers (draft-ietf-opsawg-pcap §5): the file's variant, and the order of the two
/// lengths.</summary>
internal readonly struct PcapRecordLayout : IRecordFormat
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Bytes common to all variants: time, fraction and two lengths.</summary>
    private const int CommonLength = 16;

    private readonly ByteOrder _byteOrder;
    private readonly uint _nanosecondsPerFraction;
    private readonly LengthOrder _lengthOrder;

    public PcapRecordLayout(PcapVariant variant, ushort minorVersion)
    {
        _byteOrder = variant.ByteOrder;
        _nanosecondsPerFraction = (uint)variant.NanosecondsPerFraction;
        RecordHeaderLength = variant.RecordHeaderLength;
        FractionsPerSecond = (uint)(NanosecondsPerSecond / variant.NanosecondsPerFraction);
        _lengthOrder = minorVersion switch
        {
            < 3 => LengthOrder.OriginalFirst,
            3 => LengthOrder.SmallerIsCaptured,
            _ => LengthOrder.CapturedFirst,
        };
    }

    /// <summary>Which of the two lengths comes first: changed in version 2.3, which was written both ways.</summary>
    private enum LengthOrder
    {
        CapturedFirst,
        OriginalFirst,
        SmallerIsCaptured,
    }

    /// <inheritdoc />
    public int RecordHeaderLength { get; }

    /// <summary>Fractions per second, an exclusive bound.</summary>
    public uint FractionsPerSecond { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="header">At least <see cref="RecordHeaderLength"/> bytes.</param>
    /// <param name="timestampNs">Its time in nanoseconds since the Unix epoch.</param>
    /// <param name="fraction">The fraction of a second in that time, in its own unit.</param>
    /// <param name="captured">Captured length in bytes.</param>
    /// <param name="original">Original length in bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(ReadOnlySpan<byte> header, out long timestampNs, out uint fraction, out uint captured,
        out uint original)
    {
        header = header[..CommonLength];
        var seconds = BinaryPrimitives.ReadUInt32LittleEndian(header);
        (fraction, captured, original) = (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[12..]));
        if (_byteOrder.IsBigEndian)
        {
            (seconds, fraction) =
                (BinaryPrimitives.ReverseEndianness(seconds), BinaryPrimitives.ReverseEndianness(fraction));
            (captured, original) =
                (BinaryPrimitives.ReverseEndianness(captured), BinaryPrimitives.ReverseEndianness(original));
        }

        timestampNs = seconds * NanosecondsPerSecond + (long)fraction * _nanosecondsPerFraction;
        if (_lengthOrder == LengthOrder.OriginalFirst
            || (_lengthOrder == LengthOrder.SmallerIsCaptured && captured > original))
            (captured, original) = (original, captured);
    }

    /// <summary>True for a header of zeros: a hole in a file, which nobody writes.</summary>
    public static bool IsZero(ReadOnlySpan<byte> header) => !header[..CommonLength].ContainsAnyExcept((byte)0);

    /// <inheritdoc />
    public bool TryRecogniseRecord(ReadOnlySpan<byte> header, out int recordLength, out long timestampNs)
    {
        Read(header, out timestampNs, out var fraction, out var captured, out var original);
        recordLength = RecordHeaderLength + (int)Math.Min(captured, RecordSearch.MaximumCapturedLength);
        return captured is > 0 and <= RecordSearch.MaximumCapturedLength && captured <= original
            && original <= PcapReader.MaximumCapturedLength && fraction < FractionsPerSecond;
    }
}
