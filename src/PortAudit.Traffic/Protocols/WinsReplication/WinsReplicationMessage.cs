using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.WinsReplication;

/// <summary>A WINS replication message ([MS-WINSRA] 2.2), viewed in place up to the fixed fields of its type.</summary>
internal readonly ref struct WinsReplicationMessage
{
    /// <summary>Length of the header, in bytes: packet length, operation code, association handle, message
    /// type.</summary>
    public const int HeaderLength = 16;

    /// <summary>Opcode bits that are always set; the others are undefined ([MS-WINSRA] 2.2.1).</summary>
    private const uint OpcodeBits = 0x7800;

    /// <summary>Smallest length after the length field: the rest of the header and one word.</summary>
    private const uint MinimumLength = HeaderLength;
    private const uint MaximumLength = 0x00FF_FFFF;

    /// <summary>Version of the association: major 2, minor 5, or 1 for old servers ([MS-WINSRA] 2.2.3).</summary>
    private const ushort MajorVersion = 2;
    private const int VersionOffset = HeaderLength + 4;
    private const int LastOperation = 9;

    /// <summary>Largest stop reason: they are small, 0, or 4 after an error ([MS-WINSRA] 2.2.5).</summary>
    private const int LastReason = 15;

    private readonly ReadOnlySpan<byte> _bytes;

    private WinsReplicationMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold header and fixed field, consistent with each other.</summary>
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

    /// <summary>Operation of a <see cref="WinsReplicationType.Replication"/> message ([MS-WINSRA] 2.2.6 to 2.2.10): 0
    /// requests the owner map, 1 returns it, 2 requests records, 3 returns them, 4, 5, 8 and 9 notify of
    /// changes.</summary>
    public uint Operation => UInt32(HeaderLength);

    /// <summary>Length after the length field, in bytes.</summary>
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
