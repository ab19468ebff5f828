using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.WinsReplication;

/// <summary>A message of WINS replication ([MS-WINSRA] 2.2), viewed in place up to what its type fixes.</summary>
internal readonly ref struct WinsReplicationMessage
{
    /// <summary>Length of the header, in bytes: packet length, operation code, association handle, message
    /// type.</summary>
    public const int HeaderLength = 16;

    /// <summary>Bits of the operation code that are always set; the others are not defined ([MS-WINSRA]
    /// 2.2.1).</summary>
    private const uint OpcodeBits = 0x7800;

    /// <summary>Length of what follows the length field, at least: the rest of the header and one word.</summary>
    private const uint MinimumLength = HeaderLength;
    private const uint MaximumLength = 0x00FF_FFFF;

    /// <summary>Version of the association: major 2, and minor 5 or, of old servers, 1 ([MS-WINSRA] 2.2.3).</summary>
    private const ushort MajorVersion = 2;
    private const int VersionOffset = HeaderLength + 4;
    private const int LastOperation = 9;

    /// <summary>Reasons of a stop are small numbers: 0, and 4 when something was wrong ([MS-WINSRA] 2.2.5).</summary>
    private const int LastReason = 15;

    private readonly ReadOnlySpan<byte> _bytes;

    private WinsReplicationMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the header and the fixed field behind it, and both
    /// agree.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out WinsReplicationMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadLength;
        if (bytes.Length > 0 && bytes[0] != MaximumLength >> 24)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var candidate = new WinsReplicationMessage(bytes);
        error = candidate.CheckHeader();
        if (error == ParseError.None)
            error = candidate.CheckContent();
        if (error != ParseError.None)
            return false;
        message = candidate;
        return true;
    }

    /// <summary>Type of the message.</summary>
    public WinsReplicationType Type => (WinsReplicationType)UInt32(12);

    /// <summary>
    /// Operation of a message of type <see cref="WinsReplicationType.Replication"/> ([MS-WINSRA] 2.2.6 to 2.2.10): 0
    /// asks for the map of owners, 1 gives it, 2 asks for records, 3 gives them, 4, 5, 8 and 9 tell of changes.
    /// </summary>
    public uint Operation => UInt32(HeaderLength);

    /// <summary>Length of what follows the length field, in bytes.</summary>
    public uint Length => UInt32(0);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes[offset..]);

    private ParseError CheckHeader()
    {
        if (Length is < MinimumLength or > MaximumLength)
            return ParseError.BadLength;
        return (UInt32(4) & OpcodeBits) == OpcodeBits && Type <= WinsReplicationType.Replication
            ? ParseError.None
            : ParseError.BadValue;
    }

    private ParseError CheckContent()
    {
        if (Type is WinsReplicationType.StartRequest or WinsReplicationType.StartResponse)
            return CheckVersion();
        if (_bytes.Length < HeaderLength + 4)
            return ParseError.Incomplete;
        var value = UInt32(HeaderLength);

        if (Type == WinsReplicationType.StopRequest)
            return value <= LastReason ? ParseError.None : ParseError.BadValue;
        return value <= LastOperation && value is not (6 or 7) ? ParseError.None : ParseError.BadValue;
    }

    private ParseError CheckVersion()
    {
        if (_bytes.Length < VersionOffset + 4)
            return ParseError.Incomplete;
        var major = BinaryPrimitives.ReadUInt16BigEndian(_bytes[VersionOffset..]);
        var minor = BinaryPrimitives.ReadUInt16BigEndian(_bytes[(VersionOffset + 2)..]);
        return major == MajorVersion && minor is 1 or 5 ? ParseError.None : ParseError.BadVersion;
    }
}
