using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Iax;

/// <summary>A full frame of IAX2 (RFC 5456 §8.1.1), viewed in place.</summary>
internal readonly ref struct IaxFullFrame
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 12;

    /// <summary>Frame type of IAX's own control (§8.2).</summary>
    private const byte Control = 6;

    /// <summary>Highest frame type: HTML and comfort noise, plus two to spare.</summary>
    private const byte LastType = 12;

    private const byte New = 1;
    private const byte RegistrationRequest = 13;
    private const byte Poke = 30;

    private readonly ReadOnlySpan<byte> _bytes;

    private IaxFullFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>First element of a new call: version 2 (§8.6.10).</summary>
    private static ReadOnlySpan<byte> VersionElement => [0x0B, 0x02, 0x00, 0x02];

    /// <summary>True when <paramref name="bytes"/> hold a header with a call number and a frame type in use.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IaxFullFrame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] < 0x80)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (bytes[10] is 0 or > LastType || (bytes[0] & 0x7F | bytes[1]) == 0)
            return false;
        frame = new IaxFullFrame(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Call number of the sender, 1 to 32767.</summary>
    public int SourceCall => BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x7FFF;

    /// <summary>Call number of the receiver; 0 while unknown.</summary>
    public int DestinationCall => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0x7FFF;

    /// <summary>True for a frame beginning a call, a registration or a reachability test.</summary>
    public bool Begins =>
        _bytes[10] == Control && _bytes[11] is New or RegistrationRequest or Poke && DestinationCall == 0;

    /// <summary>True for a frame beginning a call with its version.</summary>
    public bool IsNewCall => Begins && _bytes[11] == New && _bytes[HeaderLength..].StartsWith(VersionElement);
}
