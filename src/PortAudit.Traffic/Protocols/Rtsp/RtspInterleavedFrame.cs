using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtsp;

/// <summary>A media frame interleaved in an RTSP connection (RFC 7826 §14, RFC 2326 §10.12), viewed in place.</summary>
internal readonly ref struct RtspInterleavedFrame
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    private const byte Marker = (byte)'$';

    /// <summary>Channels come in pairs from 0, one pair per stream: a handful are in use.</summary>
    private const byte LastChannel = 63;

    /// <summary>Length of the shortest RTCP packet.</summary>
    private const int LeastContent = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private RtspInterleavedFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a frame header, followed by version 2 as in RTP and
    /// RTCP.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtspInterleavedFrame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && bytes[0] != Marker) || (bytes.Length > 1 && bytes[1] > LastChannel))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadLength;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) < LeastContent)
            return false;
        error = ParseError.BadVersion;
        if (bytes.Length > HeaderLength && bytes[HeaderLength] >> 6 != 2)
            return false;
        frame = new RtspInterleavedFrame(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the frame including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);
}
