using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>A TCP segment (RFC 9293 §3.1), viewed in place.</summary>
internal readonly ref struct TcpSegment
{
    /// <summary>Length of a header without options, in bytes.</summary>
    public const int MinimumHeaderLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpSegment(ReadOnlySpan<byte> bytes, TcpControl control)
    {
        _bytes = bytes;
        Control = control;
    }

    /// <summary>True when <paramref name="bytes"/> hold a whole header, including options. A data offset below 5 is
    /// <see cref="ParseError.BadLength"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpSegment segment, out ParseError error)
    {
        segment = default;
        if (!TcpControl.TryParse(bytes, out var control, out error))
            return false;
        if (bytes.Length < control.HeaderLength)
        {
            error = ParseError.Incomplete;
            return false;
        }

        segment = new TcpSegment(bytes, control);
        return true;
    }

    /// <summary>Sequence numbers, control bits and window.</summary>
    public TcpControl Control { get; }

    /// <summary>Length of the header with options, in bytes: 20 to 60.</summary>
    public int HeaderLength => Control.HeaderLength;

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[16..]);

    /// <summary>The payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
