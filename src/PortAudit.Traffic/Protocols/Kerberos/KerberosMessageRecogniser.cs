using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>Recognises messages transported like Kerberos: directly in UDP datagrams (RFC 4120 §7.2.1), with a length
/// prefix over TCP (§7.2.2).</summary>
internal abstract class KerberosMessageRecogniser : IRecogniser
{
    /// <summary>Length of the prefix over TCP, in bytes.</summary>
    public const int LengthPrefix = 4;

    /// <inheritdoc />
    public virtual bool MayBeginWith(byte first) => true;

    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        TwoSidedMatch sides;
        if (conversation.Transport == IpProtocol.Udp)
            sides = new(WeighDatagram(conversation.FromOriginator, conversation.IsWhole),
                WeighDatagram(conversation.FromResponder, conversation.IsWhole));
        else if (conversation.Transport == IpProtocol.Tcp)
            sides = new(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder))
            { RepliesProve = true };
        else
            return RecogniserAnswer.NoMatch;
        return sides.Answer(conversation.Transport, ref recognition);
    }

    /// <summary>True when <paramref name="bytes"/> begin with a message, possibly incomplete.</summary>
    protected abstract bool TryRead(ReadOnlySpan<byte> bytes, out SideMatch side, out int length, out ParseError error);

    private SideMatch WeighDatagram(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        return TryRead(bytes, out var side, out var length, out _) && (!isWhole || length == bytes.Length)
            ? side
            : SideMatch.Mismatch;
    }

    private SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;

        // The high bit is reserved for extensions (RFC 5021); messages are below 2^24 bytes.
        if (bytes[0] != 0)
            return SideMatch.Mismatch;
        if (bytes.Length < LengthPrefix)
            return SideMatch.Partial;
        if (!TryRead(bytes[LengthPrefix..], out var side, out var length, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        return length == BinaryPrimitives.ReadInt32BigEndian(bytes) ? side : SideMatch.Mismatch;
    }
}
