using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Start of an H.225.0 RAS message (annex H, aligned PER of X.691), viewed in place, for messages with the
/// protocol's object identifier after the number: gatekeeper discovery and registration.</summary>
internal readonly ref struct RasMessage
{
    /// <summary>Length examined, in bytes: choice and presence bits, request number, object identifier.</summary>
    public const int HeaderLength = 11;

    /// <summary>Choices 0 to 5: gatekeeper request, confirm, reject, registration request, confirm, reject.</summary>
    private const int LastChoice = 5;

    private const int HighestVersion = 8;
    private const int IdentifierAt = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private RasMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length and value of <c>{itu-t(0) recommendation(0) h(8) 2250 version(0)}</c> without the
    /// version.</summary>
    private static ReadOnlySpan<byte> Identifier => [0x06, 0x00, 0x08, 0x91, 0x4A, 0x00];

    /// <summary>False when no such message begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 2 <= LastChoice;

    /// <summary>True when <paramref name="bytes"/> begin with such a message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RasMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadVersion;
        if (!bytes[IdentifierAt..].StartsWith(Identifier) || bytes[HeaderLength - 1] is 0 or > HighestVersion)
            return false;
        message = new RasMessage(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Request number, repeated in the reply.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>True for a request, from a terminal; gatekeepers reply.</summary>
    public bool IsRequest => (_bytes[0] >> 2) % 3 == 0;
}
