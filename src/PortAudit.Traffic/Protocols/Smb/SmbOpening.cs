using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The first SMB message of one direction, after its four-byte header (RFC 1002 §4.3.1; [MS-SMB2] 2.1 for
/// direct TCP, with a three-byte length).</summary>
/// <param name="SideMatch">Match with SMB, and side.</param>
/// <param name="Generation">Generation of SMB.</param>
internal readonly record struct SmbOpening(SideMatch SideMatch, SmbGeneration Generation)
{
    /// <summary>Keep-alives skipped before the first message.</summary>
    private const int MaximumKeepAlives = 8;
    private const int SessionHeaderLength = SmbMessage.HeaderLength;
    private const int MarkerLength = 4;
    private const byte FirstMark = 0xFF;
    private const byte SecondMark = 0xFE;
    private const byte TransformMark = 0xFD;
    private const byte CompressionMark = 0xFC;

    /// <summary>[MS-CIFS] 2.2.3.1: command at 4, flags at 9 with the top bit for a response; 32 bytes.</summary>
    private const int FirstHeaderLength = 32;
    private const int FirstFlags = 9;
    private const byte FirstReply = 0x80;
    private const byte NegotiateCommand = 0x72;

    /// <summary>[MS-SMB2] 2.2.1: structure size 64 at 4, flags at 16 with the lowest bit for a response.</summary>
    private const int SecondHeaderLength = 64;
    private const int SecondFlags = 16;
    private const byte SecondReply = 0x01;

    private static ReadOnlySpan<byte> Marker => "SMB"u8;

    private static ReadOnlySpan<byte> KeepAlive => [0x85, 0, 0, 0];

    /// <summary>The dialects <c>SMB 2.002</c> and <c>SMB 2.???</c> ([MS-SMB2] 3.2.4.2.2.1).</summary>
    private static ReadOnlySpan<byte> SecondDialect => "SMB 2."u8;

    /// <summary>Reads the first message, and the next one's signature if the generation is still open.</summary>
    public static SmbOpening Read(ReadOnlySpan<byte> stream)
    {
        stream = AfterKeepAlives(stream, out var isUnfinished);
        if (isUnfinished)
            return new(SideMatch.Partial, SmbGeneration.Unknown);
        var opening = ReadMessage(stream);
        if (opening.Generation != SmbGeneration.Open)
            return opening;
        var next = ReadMessage(stream[Math.Min(stream.Length, SessionHeaderLength + MessageLength(stream))..]);
        return next.Generation is SmbGeneration.First or SmbGeneration.Second
            ? opening with { Generation = next.Generation }
            : opening;
    }

    /// <summary>The bytes after session keep-alives (RFC 1002 §4.3.7) in a stream joined in the middle.</summary>
    private static ReadOnlySpan<byte> AfterKeepAlives(ReadOnlySpan<byte> stream, out bool isUnfinished)
    {
        var rest = stream;
        for (var i = 0; i < MaximumKeepAlives && rest.StartsWith(KeepAlive); i++)
            rest = rest[SessionHeaderLength..];
        isUnfinished = !stream.IsEmpty && rest.Length < SessionHeaderLength && KeepAlive.StartsWith(rest);
        return rest;
    }

    private static int MessageLength(ReadOnlySpan<byte> stream) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(stream) & 0x00FF_FFFF);

    private static SmbOpening ReadMessage(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return new(SideMatch.NoData, SmbGeneration.Unknown);
        if (stream[0] != 0)
            return new(SideMatch.Mismatch, SmbGeneration.Unknown);
        if (stream.Length <= SessionHeaderLength)
            return new(SideMatch.Partial, SmbGeneration.Unknown);
        var length = MessageLength(stream);
        var message = stream[SessionHeaderLength..];
        var marker = message[1..Math.Min(message.Length, MarkerLength)];
        if (message[0] < CompressionMark || marker.CommonPrefixLength(Marker) != marker.Length)
            return new(SideMatch.Mismatch, SmbGeneration.Unknown);
        if (message.Length < MarkerLength)
            return new(SideMatch.Partial, SmbGeneration.Unknown);
        return message[0] switch
        {
            FirstMark => ReadFirst(message, length),
            SecondMark => ReadSecond(message, length),
            TransformMark or CompressionMark => new(SideMatch.EitherSide, SmbGeneration.Second),
            _ => new(SideMatch.Mismatch, SmbGeneration.Unknown),
        };
    }

    private static SmbOpening ReadFirst(ReadOnlySpan<byte> message, int length)
    {
        if (length < FirstHeaderLength)
            return new(SideMatch.Mismatch, SmbGeneration.Unknown);
        if (message.Length <= FirstFlags)
            return new(SideMatch.Partial, SmbGeneration.Unknown);
        if ((message[FirstFlags] & FirstReply) != 0)
            return new(SideMatch.Reply, SmbGeneration.First);
        if (message[MarkerLength] != NegotiateCommand)
            return new(SideMatch.Request, SmbGeneration.First);
        var isWhole = message.Length >= length;
        var dialects = message[..Math.Min(message.Length, length)];
        if (dialects.IndexOf(SecondDialect) >= 0)
            return new(SideMatch.Request, SmbGeneration.Open);
        return isWhole ? new(SideMatch.Request, SmbGeneration.First) : new(SideMatch.Partial, SmbGeneration.Unknown);
    }

    private static SmbOpening ReadSecond(ReadOnlySpan<byte> message, int length)
    {
        if (length < SecondHeaderLength || (message.Length >= MarkerLength + 2
            && BinaryPrimitives.ReadUInt16LittleEndian(message[MarkerLength..]) != SecondHeaderLength))
            return new(SideMatch.Mismatch, SmbGeneration.Unknown);
        if (message.Length <= SecondFlags)
            return new(SideMatch.Partial, SmbGeneration.Unknown);
        var isReply = (message[SecondFlags] & SecondReply) != 0;
        return new(isReply ? SideMatch.Reply : SideMatch.Request, SmbGeneration.Second);
    }
}
