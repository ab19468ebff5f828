using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Afp;

/// <summary>The header of the Data Stream Interface that carries AFP over TCP (Apple, "AppleTalk Filing Protocol", DSI
/// header), viewed in place.</summary>
internal readonly ref struct DsiHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int Length = 16;

    /// <summary>DSIGetStatus.</summary>
    public const byte GetStatus = 3;

    /// <summary>DSIOpenSession.</summary>
    public const byte OpenSession = 4;

    /// <summary>DSICommand.</summary>
    public const byte Command = 2;

    /// <summary>DSIWrite.</summary>
    public const byte Write = 6;

    /// <summary>Longest plausible message: servers offer request quanta of up to 1 MiB; leaves headroom.</summary>
    private const int MaximumLength = 1 << 21;

    private const int HighestCommand = 8;
    private const int UnusedCommand = 7;

    private readonly ReadOnlySpan<byte> _bytes;

    private DsiHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public bool IsReply => _bytes[0] == 1;

    /// <summary>Command code.</summary>
    public byte Kind => _bytes[1];

    /// <summary>Request number, repeated in the reply.</summary>
    public ushort RequestId => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Length of what follows the header, in bytes.</summary>
    public int PayloadLength => (int)BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>The bytes after the header that are present.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[Length..Math.Min(_bytes.Length, Length + PayloadLength)];

    /// <summary>True when the whole message is present.</summary>
    public bool IsWhole => _bytes.Length >= Length + PayloadLength;

    /// <summary>Parses a header. <see cref="ParseError.BadValue"/> as soon as a field has an impossible
    /// value.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DsiHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        if (bytes.Length >= 1 && bytes[0] > 1)
            return false;
        if (bytes.Length >= 2 && bytes[1] is 0 or UnusedCommand or > HighestCommand)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < Length)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        error = ParseError.BadLength;
        if (length > MaximumLength)
            return false;
        error = ParseError.BadValue;
        var code = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) != 0
            || (bytes[0] == 0 && code != 0 && (bytes[1] != Write || code > length)))
            return false;
        header = new DsiHeader(bytes);
        error = ParseError.None;
        return true;
    }
}
