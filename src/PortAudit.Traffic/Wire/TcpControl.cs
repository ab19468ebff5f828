using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>A TCP header up to its control bits (RFC 9293 §3.1), viewed in place: for headers cut after them, as TCP
/// over IPv6 is with tcpdump's old default snap length of 68 bytes.</summary>
internal readonly ref struct TcpControl
{
    /// <summary>Length including the control bits, in bytes.</summary>
    public const int Length = 14;

    private const int WindowEnd = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpControl(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> include the control bits. A data offset below 5 is
    /// <see cref="ParseError.BadLength"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpControl control, out ParseError error)
    {
        control = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        control = new TcpControl(bytes);
        return true;
    }

    /// <summary>Sequence number.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Acknowledgment number.</summary>
    public uint AcknowledgmentNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Length of the header with options by the data offset, in bytes: 20 to 60.</summary>
    public int HeaderLength => DataOffset(_bytes) * 4;

    /// <summary>Control bits.</summary>
    public TcpFlags Flags => (TcpFlags)_bytes[13];

    /// <summary>Window as sent, unscaled; 0 when not captured.</summary>
    public ushort Window => _bytes.Length < WindowEnd ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    private static int DataOffset(ReadOnlySpan<byte> bytes) => bytes[12] >> 4;

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length)
            return ParseError.Incomplete;
        return DataOffset(bytes) * 4 < TcpSegment.MinimumHeaderLength ? ParseError.BadLength : ParseError.None;
    }
}
