using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>The head of a Kerberos 5 message (RFC 4120 §5): an application tag with the protocol version and the
/// message type.</summary>
/// <param name="Type">Message type, also the application tag number (RFC 4120 §5.10).</param>
/// <param name="TotalLength">Length of the message, in bytes.</param>
internal readonly record struct KerberosMessage(KerberosMessageType Type, int TotalLength)
{
    private const int ProtocolVersion = 5;
    private const int ApplicationClass = 0x60;
    private const int ClassMask = 0xE0;
    private const int NumberMask = 0x1F;
    private const int ContextTag = 0xA0;

    /// <summary>False when no such message begins with this byte.</summary>
    public static bool MayBeginWith(byte first) =>
        (first & ClassMask) == ApplicationClass && IsDefined((KerberosMessageType)(first & NumberMask));

    /// <summary>True when <paramref name="bytes"/> begin with a message, possibly incomplete.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out KerberosMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.IsEmpty)
            return false;
        var type = (KerberosMessageType)(bytes[0] & NumberMask);
        error = ParseError.BadValue;
        if (!MayBeginWith(bytes[0]))
            return false;
        if (!BerHeader.TryParse(bytes, out var header, out error))
            return false;
        error = Check(bytes, type);
        if (error != ParseError.None)
            return false;
        message = new KerberosMessage(type, header.TotalLength);
        return true;
    }

    /// <summary>The sender's side.</summary>
    public SideMatch Side => Type switch
    {
        KerberosMessageType.AsRequest or KerberosMessageType.TgsRequest or KerberosMessageType.ApRequest
        or KerberosMessageType.TgtRequest => SideMatch.Request,
        KerberosMessageType.Safe or KerberosMessageType.Private or KerberosMessageType.Credentials =>
            SideMatch.EitherSide,
        _ => SideMatch.Reply,
    };

    private static bool IsDefined(KerberosMessageType type) =>
        type is >= KerberosMessageType.AsRequest and <= KerberosMessageType.TgtReply
            or >= KerberosMessageType.Safe and <= KerberosMessageType.Credentials or KerberosMessageType.Error;

    /// <summary>Checks version and type, tagged from 1 in KDC requests (RFC 4120 §5.4.1), from 0 elsewhere.</summary>
    private static ParseError Check(ReadOnlySpan<byte> bytes, KerberosMessageType type)
    {
        var first = ContextTag + (type is KerberosMessageType.AsRequest or KerberosMessageType.TgsRequest ? 1 : 0);
        var reader = new BerReader(bytes);
        if (!reader.TryEnter(bytes[0]) || !reader.TryEnter(BerReader.Sequence))
            return reader.Error;
        var fields = reader.Rest;
        return CheckNumber(ref fields, (byte)first, ProtocolVersion) is var error && error != ParseError.None
            ? error
            : CheckNumber(ref fields, (byte)(first + 1), (int)type);
    }

    private static ParseError CheckNumber(ref ReadOnlySpan<byte> fields, byte tag, int expected)
    {
        var field = new BerReader(fields);
        if (!field.TryEnter(tag) || !field.TryTakeInteger(out var number))
            return field.Error;
        if (number != expected || !field.IsAtEnd)
            return ParseError.BadValue;
        if (!BerHeader.TryParse(fields, out var header, out var error))
            return error;
        fields = fields[header.TotalLength..];
        return ParseError.None;
    }
}
