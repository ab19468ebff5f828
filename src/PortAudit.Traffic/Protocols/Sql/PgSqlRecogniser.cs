using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>
/// Recognises PostgreSQL by the client's first message, by the server's first answer, or by a query in a connection
/// joined in the middle. A request for TLS that the server grants with one letter leads into it; one for GSSAPI may
/// have been refused before.
/// </summary>
internal sealed class PgSqlRecogniser : TwoSidedRecogniser
{
    private const byte Granted = (byte)'S';
    private const byte Refused = (byte)'N';

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes) => PgSqlMessage.Weigh(bytes);

    /// <inheritdoc />
    protected override void FollowIntoTls(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        var (asked, answered) = (0, 0);
        if (PgSqlMessage.AsksForGss(client))
        {
            recognition.WantsMore =
                server.IsEmpty || (server[0] == Refused && client.Length <= PgSqlMessage.EncryptionRequestLength);
            if (server.IsEmpty || server[0] != Refused)
                return;
            (asked, answered) = (PgSqlMessage.EncryptionRequestLength, 1);
        }

        if (!PgSqlMessage.AsksForTls(client[asked..]))
            return;
        asked += PgSqlMessage.EncryptionRequestLength;
        recognition.WantsMore = server.Length <= answered;
        if (server.IsEmpty && TlsHandshakeStart.IsBehind(client, asked))
            recognition.NextIfOneWay = ProtocolSwitch.IntoTls(asked, 0, isForward);
        if (recognition.WantsMore || server[answered] != Granted)
            return;
        recognition.Next = ProtocolSwitch.IntoTls(asked, answered + 1, isForward);
    }
}
