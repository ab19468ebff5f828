using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>A message of Cisco's SCCP (Skinny), viewed in place. Unpublished; layout as in Wireshark and
/// chan-sccp.</summary>
internal readonly ref struct SkinnyMessage
{
    /// <summary>Length of the header including the message number, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Bytes not counted by the length field: itself and the version.</summary>
    private const int UncountedLength = 8;

    private const int IdLength = 4;

    /// <summary>Longest message: softkey and button templates have about 2 KiB.</summary>
    private const uint MaximumLength = 4096;

    /// <summary>Versions: 0 originally, 0x0A to 0x16 later, with headroom.</summary>
    private const uint FirstReportedVersion = 0x0A;
    private const uint LastVersion = 0x20;

    private const uint KeepAlive = 0;
    private const uint KeepAliveAnswer = 0x100;
    private const uint LongestKeepAlive = IdLength + 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private SkinnyMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header with a version and message number in use. The body may
    /// be cut. Bytes that agree so far are <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SkinnyMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadLength;
        if (bytes.Length >= IdLength && BinaryPrimitives.ReadUInt32LittleEndian(bytes) is < IdLength or > MaximumLength)
            return false;
        error = ParseError.BadVersion;
        if (bytes.Length >= UncountedLength
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) is > 0 and < FirstReportedVersion or > LastVersion)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var found = new SkinnyMessage(bytes);
        error = ParseError.BadValue;
        if (!(found.IsFromPhone || found.IsFromManager)
            || (found.Id is KeepAlive or KeepAliveAnswer && found.TotalLength > UncountedLength + LongestKeepAlive))
            return false;
        message = found;
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the message including its header, in bytes.</summary>
    public int TotalLength => UncountedLength + (int)BinaryPrimitives.ReadUInt32LittleEndian(_bytes);

    /// <summary>Version of the header.</summary>
    public uint Version => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[IdLength..]);

    /// <summary>The present bytes after the message number.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..Math.Min(_bytes.Length, TotalLength)];

    /// <summary>Number of the message.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[UncountedLength..]);

    /// <summary>True for messages from phones: keep-alive (0) to subscription requests, and start transmission
    /// acknowledgments (0x154 to 0x15F).</summary>
    public bool IsFromPhone => Id is <= 0x50 or >= 0x154 and <= 0x15F;

    /// <summary>True for messages from call managers: responses and commands.</summary>
    public bool IsFromManager => Id is >= 0x81 and <= 0xA0 or >= 0x100 and <= 0x153;
}
