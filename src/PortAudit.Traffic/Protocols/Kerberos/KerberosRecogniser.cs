using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Recognises Kerberos 5 by its messages: bare in UDP datagrams (RFC 4120 §7.2.1), behind their length over TCP (§7.2.2).</summary>
internal sealed class KerberosRecogniser : IRecogniser
{
    /// <summary>Length of the length before each message over TCP, in bytes.</summary>
    public const int LengthPrefix = 4;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        Testimony testimony;
        if (conversation.Transport == IpProtocol.Udp)
            testimony = new(WeighDatagram(conversation.FromOriginator, conversation.IsWhole), WeighDatagram(conversation.FromResponder, conversation.IsWhole));
        else if (conversation.Transport == IpProtocol.Tcp)
            testimony = new(WeighStream(conversation.FromOriginator), WeighStream(conversation.FromResponder)) { RepliesProve = true };
        else
            return RecogniserAnswer.NoMatch;
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence WeighDatagram(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!KerberosMessage.TryParse(bytes, out var message, out _))
            return Evidence.Foreign;
        return isWhole && message.TotalLength != bytes.Length ? Evidence.Foreign : message.Side;
    }

    private static Evidence WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;

        // The high bit is reserved for extensions (RFC 5021); no message has 2^24 bytes.
        if (bytes[0] != 0)
            return Evidence.Foreign;
        if (bytes.Length < LengthPrefix)
            return Evidence.Unfinished;
        if (!KerberosMessage.TryParse(bytes[LengthPrefix..], out var message, out var error))
            return error == ParseError.Incomplete ? Evidence.Unfinished : Evidence.Foreign;
        return message.TotalLength == BinaryPrimitives.ReadInt32BigEndian(bytes) ? message.Side : Evidence.Foreign;
    }
}
