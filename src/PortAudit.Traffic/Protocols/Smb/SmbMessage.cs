using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>
/// One message of a session as it stands in the stream, behind the four bytes of RFC 1002 §4.3.1 or [MS-SMB2] 2.1, viewed in place.
/// </summary>
internal readonly ref struct SmbMessage
{
    /// <summary>Length of the header before each message, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>NetBIOS's keep-alive (RFC 1002 §4.3.7), which may stand between messages.</summary>
    private const byte KeepAlive = 0x85;

    private SmbMessage(ReadOnlySpan<byte> content, int length)
    {
        Content = content;
        Length = length;
    }

    /// <summary>True when <paramref name="stream"/> begins with the header of a message or of a keep-alive. The content may be cut.</summary>
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

    /// <summary>What the header announces, as far as it is there.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>Length of the content that the header announces, in bytes.</summary>
    public int Length { get; }

    /// <summary>True when all of it is there.</summary>
    public bool IsWhole => Content.Length == Length;

    /// <summary>Length with the header, in bytes.</summary>
    public int TotalLength => HeaderLength + Length;
}
