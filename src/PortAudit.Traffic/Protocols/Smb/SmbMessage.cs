using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A message in an SMB stream, after the four-byte header of RFC 1002 §4.3.1 or [MS-SMB2] 2.1, viewed in
/// place.</summary>
internal readonly ref struct SmbMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>First byte of an encrypted message ([MS-SMB2] 2.2.41).</summary>
    public const byte EncryptedMark = 0xFD;

    /// <summary>First byte of a compressed message ([MS-SMB2] 2.2.42), the lowest of the four.</summary>
    private const byte CompressedMark = 0xFC;

    /// <summary>Length of the header and the four-byte signature of the content.</summary>
    private const int MarkedLength = HeaderLength + 4;

    /// <summary>NetBIOS keep-alive (RFC 1002 §4.3.7), possible between messages.</summary>
    private const byte KeepAlive = 0x85;

    private SmbMessage(ReadOnlySpan<byte> content, int length)
    {
        Content = content;
        Length = length;
    }

    /// <summary>True when <paramref name="stream"/> begins with the header of a message or keep-alive. The content may
    /// be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> stream, out SmbMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (stream.Length > 0 && stream[0] is not (0 or KeepAlive))
            return false;
        error = ParseError.Incomplete;
        if (stream.Length < HeaderLength)
            return false;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(stream) & 0x00FF_FFFF);
        error = ParseError.BadLength;
        if (stream[0] == KeepAlive && length != 0)
            return false;
        var content = stream[HeaderLength..];
        message = new SmbMessage(content[..Math.Min(content.Length, length)], length);
        error = ParseError.None;
        return true;
    }

    private static ReadOnlySpan<byte> Marker => "SMB"u8;

    /// <summary>Offset, at least 1, where the next message may begin: a header followed by an SMB signature. Without
    /// one, after all bytes except those that may begin a header.</summary>
    /// <param name="stream">Bytes that do not begin with a message; not empty.</param>
    public static int FindNext(ReadOnlySpan<byte> stream)
    {
        var at = 1;
        while (at + MarkedLength <= stream.Length
            && stream[(at + HeaderLength + 1)..].IndexOf(Marker) is >= 0 and var distance)
        {
            at += distance;
            if (stream[at] == 0 && stream[at + HeaderLength] >= CompressedMark)
                return at;
            at++;
        }

        return Math.Max(1, stream.Length - MarkedLength + 1);
    }

    /// <summary>The content present.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>First byte of a content with an SMB signature: 0xFF for SMB 1, 0xFE for SMB 2, or that of an encrypted
    /// or compressed message. 0 for others, or when missing.</summary>
    public byte Mark => Content.Length >= MarkedLength - HeaderLength && Content[0] >= CompressedMark
        && Content[1..].StartsWith(Marker) ? Content[0] : (byte)0;

    /// <summary>True when nothing contradicts SMB, but the signature is missing.</summary>
    public bool IsMarkCut => Length >= MarkedLength - HeaderLength && Content.Length < MarkedLength - HeaderLength;

    /// <summary>Stated length of the content, in bytes.</summary>
    public int Length { get; }

    public bool IsWhole => Content.Length == Length;

    /// <summary>Length including the header, in bytes.</summary>
    public int TotalLength => HeaderLength + Length;
}
