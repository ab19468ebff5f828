using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>
/// Recognises the Tabular Data Stream of SQL Server and Sybase ([MS-TDS]) by its first packet of either direction, of a
/// login or in the middle. Where the two ends make the handshake of TLS within pre-login packets for the whole
/// connection, it is followed into it; a handshake for the login packet alone leaves it what it is. TDS 8 is TLS from
/// its first byte.
/// </summary>
internal sealed class TdsRecogniser : TwoSidedRecogniser
{
    /// <summary>Bytes needed to detect a TLS handshake.</summary>
    private const int TlsStartLength = 3;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!TdsPacket.TryParse(bytes, out var packet, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        error = Check(packet);
        if (error == ParseError.Incomplete)
            return packet.IsCut ? SideMatch.Partial : SideMatch.Mismatch;
        if (error != ParseError.None)
            return SideMatch.Mismatch;
        return packet.Type == TdsPacketType.Response ? SideMatch.Reply : SideMatch.Request;
    }

    private static ParseError Check(TdsPacket packet) => packet.Type switch
    {
        TdsPacketType.PreLogin => TdsPreLogin.Check(packet.Payload, packet.PayloadLength),
        TdsPacketType.Login => TdsLogin.Check(packet),
        TdsPacketType.OldLogin => TdsLogin.CheckOld(packet),
        TdsPacketType.Batch => TdsRequest.CheckBatch(packet.Payload, packet.PayloadLength),
        TdsPacketType.Call => TdsRequest.CheckCall(packet.Payload, packet.PayloadLength),
        TdsPacketType.Transaction => TdsRequest.CheckHeaders(packet.Payload, packet.PayloadLength),
        TdsPacketType.Response => CheckResponse(packet),
        _ => ParseError.BadValue,
    };

    /// <summary>A server answers a pre-login with its own in a response packet.</summary>
    private static ParseError CheckResponse(TdsPacket packet)
    {
        var error = TdsPreLogin.Check(packet.Payload, packet.PayloadLength);
        return error is ParseError.BadValue or ParseError.BadLength
            ? TdsResponse.Check(packet.Payload, packet.PayloadLength)
            : error;
    }

    /// <summary>After its pre-login the client either logs in or begins the handshake of TLS in a packet of the same
    /// type.</summary>
    protected override void FollowIntoTls(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        var isAnswered = TdsPacket.TryParse(server, out var reply, out var error);
        if (isAnswered)
            error = TdsPreLogin.Check(reply.Payload, reply.PayloadLength);
        recognition.WantsMore = error is ParseError.None or ParseError.Incomplete;
        if (!recognition.WantsMore || client.IsEmpty)
            return;
        if (!TdsPacket.TryParse(client, out var first, out _) || first.Type != TdsPacketType.PreLogin)
        {
            recognition.WantsMore = false;
            return;
        }

        if (isAnswered)
            FollowTls(client, first.TotalLength, reply, isForward, ref recognition);
        else if (server.IsEmpty && EncryptsAll(first.Payload) && BeginsTls(client, first.TotalLength))
            recognition.NextIfOneWay = ProtocolSwitch.IntoTls(first.TotalLength + TdsPacket.HeaderLength, 0, isForward);
    }

    private static void FollowTls(ReadOnlySpan<byte> client, int preLogin, TdsPacket reply, bool isForward,
        ref Recognition recognition)
    {
        if (reply.IsCut || client.Length < preLogin + TdsPacket.HeaderLength + TlsStartLength)
            return;
        recognition.WantsMore = false;
        if (EncryptsAll(reply.Payload) && BeginsTls(client, preLogin))
            recognition.Next = ProtocolSwitch.IntoTls(preLogin + TdsPacket.HeaderLength,
                reply.TotalLength + TdsPacket.HeaderLength, isForward);
    }

    private static bool EncryptsAll(ReadOnlySpan<byte> preLogin) =>
        TdsPreLogin.EncryptionOf(preLogin) is TdsEncryption.On or TdsEncryption.Required;

    private static bool BeginsTls(ReadOnlySpan<byte> client, int preLogin) =>
        TdsPacket.TryParse(client[Math.Min(preLogin, client.Length)..], out var second, out _)
        && second.Type == TdsPacketType.PreLogin && TlsHandshakeStart.IsAt(second.Payload);
}
