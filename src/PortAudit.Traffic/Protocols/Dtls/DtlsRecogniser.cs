using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dtls;

/// <summary>Recognises DTLS 1.0 to 1.3 by records that exactly fill a datagram, or an RFC 4571 frame over TCP, at any
/// point of a conversation. Encrypted DTLS 1.3 records have almost no header: proof is three datagrams of the same form
/// with fitting lengths.</summary>
internal sealed class DtlsRecogniser : IRecogniser
{
    /// <summary>Records examined per datagram: a flight of short handshake messages.</summary>
    public const int MaximumRecords = 32;

    /// <summary>Longest connection identifier searched for: implementations use 8 to 20 bytes.</summary>
    private const int MaximumConnectionIdLength = 32;

    private const int CiphertextsOfProof = 3;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const byte HelloVerifyRequest = 3;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => (DtlsContent)first is >= DtlsContent.ChangeCipherSpec
        and <= DtlsContent.Acknowledgement || DtlsCiphertext.IsCiphertext(first);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return new TwoSidedMatch(WeighStream(conversation.FromOriginator),
                WeighStream(conversation.FromResponder)).Answer(conversation.Transport, ref recognition);
        if (conversation.Transport != IpProtocol.Udp)
            return RecogniserAnswer.NoMatch;
        var isFromOriginator = conversation.FromResponder.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (!bytes.IsEmpty && DtlsCiphertext.IsCiphertext(bytes[0]))
            return WeighCiphertext(bytes, conversation.Earlier);
        var evidence = Weigh(bytes, conversation.IsWhole);
        return TwoSidedMatch.OfDatagram(isFromOriginator, evidence).Answer(conversation.Transport, ref recognition);
    }

    /// <summary>The first frame of a stream, exactly filled by records.</summary>
    private static SideMatch WeighStream(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!FramedPacket.TryParse(bytes, out var frame, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (!frame.IsCut)
            return Weigh(frame.Payload, isWhole: true);
        var mayBe = DtlsRecord.TryParse(frame.Payload, out _, out error) || error == ParseError.Incomplete;
        return mayBe ? SideMatch.Partial : SideMatch.Mismatch;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var evidence = SideMatch.Mismatch;
        for (var i = 0; i < MaximumRecords && !bytes.IsEmpty; i++)
        {
            if (i > 0 && DtlsCiphertext.IsCiphertext(bytes[0]))
                break;
            if (IsWithConnectionId(bytes, isWhole))
                return evidence == SideMatch.Mismatch ? SideMatch.EitherSide : evidence;
            if (!DtlsRecord.TryParse(bytes, out var record, out var error))
                return i > 0 && error == ParseError.Incomplete && !isWhole ? evidence : SideMatch.Mismatch;
            if (isWhole && record.TotalLength > bytes.Length)
                return SideMatch.Mismatch;
            var found = WeighRecord(record);
            if (found == SideMatch.Mismatch)
                return found;
            if (i == 0)
                evidence = found;
            bytes = bytes[Math.Min(record.TotalLength, bytes.Length)..];
        }

        return evidence;
    }

    private static SideMatch WeighRecord(DtlsRecord record)
    {
        if (record.Epoch > 0)
            return SideMatch.EitherSide;
        return record.Type switch
        {
            DtlsContent.Handshake => WeighHandshake(record.Content),
            DtlsContent.Alert =>
                record.Content.Length < 2 || record.Content[0] is 1 or 2 ? SideMatch.EitherSide : SideMatch.Mismatch,
            DtlsContent.ChangeCipherSpec =>
                record.Content.Length < 1 || record.Content[0] == 1 ? SideMatch.EitherSide : SideMatch.Mismatch,
            DtlsContent.Acknowledgement => SideMatch.EitherSide,
            _ => SideMatch.Mismatch,
        };
    }

    private static SideMatch WeighHandshake(ReadOnlySpan<byte> content)
    {
        if (!DtlsHandshakeMessage.TryParse(content, out var message, out var error))
            return error == ParseError.Incomplete ? SideMatch.EitherSide : SideMatch.Mismatch;
        return message.Type switch
        {
            ClientHello => SideMatch.Request,
            ServerHello or HelloVerifyRequest => SideMatch.Reply,
            _ => SideMatch.EitherSide,
        };
    }

    /// <summary>True for an encrypted DTLS 1.2 record with a connection identifier, whose length ends it with the
    /// datagram.</summary>
    private static bool IsWithConnectionId(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        const int BeforeId = 11;
        const int LengthLength = 2;
        if (bytes.Length < DtlsRecord.HeaderLength || bytes[0] != (byte)DtlsContent.WithConnectionId || !isWhole)
            return false;

        // Only version 1.2 defines it, and handshakes never reach an epoch beyond 255.
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) != 0xFEFD || bytes[3] != 0 || bytes[4] == 0)
            return false;
        for (var at = BeforeId; at <= BeforeId + MaximumConnectionIdLength && at + LengthLength < bytes.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) == bytes.Length - at - LengthLength)
                return true;
        }

        return false;
    }

    private static RecogniserAnswer WeighCiphertext(ReadOnlySpan<byte> bytes, in DatagramHistory earlier)
    {
        if (!DtlsCiphertext.TryParse(bytes, out var record, out _) || record.TotalLength != bytes.Length)
            return RecogniserAnswer.NoMatch;
        var alike = 1;
        for (var i = 0; i < earlier.Count && alike < CiphertextsOfProof; i++)
        {
            var datagram = earlier[i];
            if (DtlsCiphertext.TryParse(datagram.Head, out var before, out _) && before.Form == record.Form
                && before.TotalLength == datagram.Length)
                alike++;
        }

        return alike == CiphertextsOfProof ? RecogniserAnswer.Match : RecogniserAnswer.NeedMoreData;
    }
}
