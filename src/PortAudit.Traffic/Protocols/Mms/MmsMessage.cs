using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mms;

/// <summary>The header of a Microsoft Media Server message over TCP ([MS-MMSP] 2.2.3), with the message number, viewed
/// in place.</summary>
internal readonly ref struct MmsMessage
{
    /// <summary>Length of the header including the message number, in bytes.</summary>
    public const int HeaderLength = 40;

    private const int SealAt = 12;
    private const int NumberAt = 36;

    private readonly ReadOnlySpan<byte> _bytes;

    private MmsMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Version, then the session identifier 0xB00BFACE, little-endian.</summary>
    private static ReadOnlySpan<byte> Front => [0x01, 0x00, 0x00, 0x00, 0xCE, 0xFA, 0x0B, 0xB0];

    private static ReadOnlySpan<byte> Seal => "MMS "u8;

    /// <summary>True when <paramref name="bytes"/> hold such a header. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MmsMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (!Agrees(bytes, Front) || !Agrees(bytes[Math.Min(SealAt, bytes.Length)..], Seal))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var found = new MmsMessage(bytes);
        error = ParseError.BadValue;
        if (!(found.IsFromClient || found.IsFromServer))
            return false;
        message = found;
        error = ParseError.None;
        return true;
    }

    /// <summary>True for a message that clients send.</summary>
    public bool IsFromClient => Number >> 16 == 3;

    /// <summary>True for a message that servers send.</summary>
    public bool IsFromServer => Number >> 16 == 4;

    private uint Number => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[NumberAt..]);

    private static bool Agrees(ReadOnlySpan<byte> seen, ReadOnlySpan<byte> expected) =>
        seen.CommonPrefixLength(expected) == Math.Min(seen.Length, expected.Length);
}
