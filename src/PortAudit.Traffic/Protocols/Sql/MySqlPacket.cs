using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>A packet of the MySQL client/server protocol (MySQL internals, "MySQL Packets"), viewed in place: three
/// bytes of length, a sequence number, the payload.</summary>
internal readonly ref struct MySqlPacket
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private MySqlPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the header of a nonempty packet. The payload may be cut;
    /// excludes what follows.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MySqlPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = HeaderLength + (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16));
        error = ParseError.BadLength;
        if (length == HeaderLength)
            return false;
        packet = new MySqlPacket(bytes[..Math.Min(bytes.Length, length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the packet including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + (_bytes[0] | (_bytes[1] << 8) | (_bytes[2] << 16));

    /// <summary>Number of the packet within its exchange.</summary>
    public byte Sequence => _bytes[3];

    /// <summary>The payload present.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    public bool IsCut => _bytes.Length < TotalLength;
}
