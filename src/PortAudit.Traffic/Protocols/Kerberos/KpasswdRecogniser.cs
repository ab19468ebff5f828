using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Recognises the Kerberos change and set password protocol (RFC 3244) over UDP and, behind a length as Kerberos has it, over TCP.</summary>
internal sealed class KpasswdRecogniser : IRecogniser
{
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
        if (!KpasswdMessage.TryParse(bytes, out var message, out _))
            return Evidence.Foreign;
        return isWhole && message.TotalLength != bytes.Length ? Evidence.Foreign : message.Side;
    }

    private static Evidence WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (bytes[0] != 0)
            return Evidence.Foreign;
        if (bytes.Length < KerberosRecogniser.LengthPrefix)
            return Evidence.Unfinished;
        if (!KpasswdMessage.TryParse(bytes[KerberosRecogniser.LengthPrefix..], out var message, out var error))
            return error == ParseError.Incomplete ? Evidence.Unfinished : Evidence.Foreign;
        return message.TotalLength == BinaryPrimitives.ReadInt32BigEndian(bytes) ? message.Side : Evidence.Foreign;
    }
}
