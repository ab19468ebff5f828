using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>A SQL Browser response ([MC-SQLR] 2.2.5, 2.2.6), viewed in place: an instance list, or the port of an
/// instance's dedicated administrator connection.</summary>
internal readonly ref struct SsrpResponse
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 3;

    private const byte Response = 0x05;
    private const int DedicatedLength = 6;
    private const byte DedicatedVersion = 0x01;

    private readonly ReadOnlySpan<byte> _bytes;

    private SsrpResponse(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a dedicated connection's port, or begin with the header of a
    /// list, which may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SsrpResponse response, out ParseError error)
    {
        response = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (bytes[0] != Response)
            return false;
        response = new SsrpResponse(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Port of the dedicated administrator connection; 0 in a list. Its size field counts the whole response,
    /// a list's only the text.</summary>
    public ushort DedicatedPort => Size == DedicatedLength && _bytes.Length == DedicatedLength
        && _bytes[3] == DedicatedVersion ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[4..]) : (ushort)0;

    /// <summary>The text of a list present.</summary>
    public ReadOnlySpan<byte> Text =>
        DedicatedPort != 0 ? default : _bytes.Slice(HeaderLength, Math.Min(_bytes.Length - HeaderLength, Size));

    private int Size => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[1..]);
}
