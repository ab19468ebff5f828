using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>
/// One message of a session as it stands in the stream, behind the four bytes of RFC 1002 §4.3.1 or [MS-SMB2] 2.1,
/// viewed in place.
/// </summary>
internal readonly ref struct SmbMessage
{
    /// <summary>Length of the header before each message, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>First byte of a message that is encrypted ([MS-SMB2] 2.2.41).</summary>
    public const byte EncryptedMark = 0xFD;

    /// <summary>First byte of a message that is compressed ([MS-SMB2] 2.2.42), the least of the four.</summary>
    private const byte CompressedMark = 0xFC;

    /// <summary>The header and the four bytes that every content begins with.</summary>
    private const int MarkedLength = HeaderLength + 4;

    /// <summary>NetBIOS's keep-alive (RFC 1002 §4.3.7), which may stand between messages.</summary>
    private const byte KeepAlive = 0x85;

    private SmbMessage(ReadOnlySpan<byte> content, int length)
    {
        Content = content;
        Length = length;
    }

    /// <summary>True when <paramref name="stream"/> begins with the header of a message or of a keep-alive. The content
    /// may be cut.</summary>
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

    /// <summary>
    /// Where, behind the first byte, the next message may begin: at a header before the marks of SMB. Without one,
    /// behind all bytes but those that may be the start of a header.
    /// </summary>
    /// <param name="stream">Bytes of which the first is not the start of a message; not empty.</param>
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

    /// <summary>What the header announces, as far as it is there.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>First byte of a content that begins as messages of SMB do: 0xFF for SMB 1, 0xFE for SMB 2, or that of
    /// an encrypted or compressed one. 0 for any other, and for one of which that is not there.</summary>
    public byte Mark => Content.Length >= MarkedLength - HeaderLength && Content[0] >= CompressedMark
        && Content[1..].StartsWith(Marker) ? Content[0] : (byte)0;

    /// <summary>True when nothing speaks against SMB, but its mark is not there yet.</summary>
    public bool IsMarkCut => Length >= MarkedLength - HeaderLength && Content.Length < MarkedLength - HeaderLength;

    /// <summary>Length of the content that the header announces, in bytes.</summary>
    public int Length { get; }

    /// <summary>True when all of it is there.</summary>
    public bool IsWhole => Content.Length == Length;

    /// <summary>Length with the header, in bytes.</summary>
    public int TotalLength => HeaderLength + Length;
}
