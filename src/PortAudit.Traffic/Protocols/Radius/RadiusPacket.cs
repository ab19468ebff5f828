using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Radius;

/// <summary>A RADIUS packet (RFC 2865 §3, RFC 2866 §3, RFC 5176 §2.3), viewed in place: header and attributes that fill
/// it.</summary>
internal readonly ref struct RadiusPacket
{
    /// <summary>Length of the header including the authenticator, in bytes.</summary>
    public const int HeaderLength = 20;

    /// <summary>Longest packet (RFC 2865 §3).</summary>
    public const int MaximumLength = 4096;

    /// <summary>Attributes in the longest packet: each takes at least two bytes.</summary>
    public const int MaximumAttributes = (MaximumLength - HeaderLength) / AttributeHeaderLength;

    private const int AttributeHeaderLength = 2;
    private const int EnoughAttributes = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private RadiusPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header with a code in use. Attributes may be cut; excludes
    /// padding after the packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RadiusPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (SideOf((RadiusCode)bytes[0]) == SideMatch.Mismatch)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        error = ParseError.BadLength;
        if (length is < HeaderLength or > MaximumLength)
            return false;
        packet = new RadiusPacket(bytes[..Math.Min(bytes.Length, length)]);
        error = ParseError.None;
        return true;
    }

    public RadiusCode Code => (RadiusCode)_bytes[0];

    /// <summary>Identifier that pairs reply and request.</summary>
    public byte Identifier => _bytes[1];

    /// <summary>Length of the packet, in bytes.</summary>
    public int Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public bool HasAttributes => Length > HeaderLength;

    /// <summary>The sender's side.</summary>
    public SideMatch Side => SideOf(Code);

    /// <summary>True when the attributes have a type and a length and fill the packet; a cut packet must have two
    /// complete ones.</summary>
    public bool AddsUp
    {
        get
        {
            var rest = _bytes[HeaderLength..];
            var isCut = _bytes.Length < Length;
            var attributes = 0;
            for (; attributes < MaximumAttributes && !rest.IsEmpty; attributes++)
            {
                if (rest[0] == 0)
                    return false;
                if (rest.Length < AttributeHeaderLength || rest[1] > rest.Length)
                    break;
                if (rest[1] < AttributeHeaderLength)
                    return false;
                rest = rest[rest[1]..];
            }

            return isCut ? attributes >= EnoughAttributes : rest.IsEmpty;
        }
    }

    /// <summary>True when this code answers a request with code <paramref name="request"/>.</summary>
    public bool Answers(RadiusCode request) => request switch
    {
        RadiusCode.AccessRequest =>
            Code is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge,
        RadiusCode.AccountingRequest => Code == RadiusCode.AccountingResponse,
        RadiusCode.StatusServer => Code is RadiusCode.AccessAccept or RadiusCode.AccountingResponse,
        RadiusCode.DisconnectRequest => Code is RadiusCode.DisconnectAck or RadiusCode.DisconnectNak,
        RadiusCode.CoaRequest => Code is RadiusCode.CoaAck or RadiusCode.CoaNak,
        _ => false,
    };

    /// <summary>The sender's side; <see cref="SideMatch.Mismatch"/> for an undefined code.</summary>
    public static SideMatch SideOf(RadiusCode code) => code switch
    {
        RadiusCode.AccessRequest or RadiusCode.AccountingRequest or RadiusCode.StatusServer => SideMatch.Request,
        RadiusCode.DisconnectRequest or RadiusCode.CoaRequest => SideMatch.Request,
        RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge
        or RadiusCode.AccountingResponse => SideMatch.Reply,
        RadiusCode.DisconnectAck or RadiusCode.DisconnectNak or RadiusCode.CoaAck or RadiusCode.CoaNak =>
            SideMatch.Reply,
        _ => SideMatch.Mismatch,
    };
}
