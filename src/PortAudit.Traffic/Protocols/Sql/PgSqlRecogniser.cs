using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>Recognises PostgreSQL by the client's first message, the server's first response, or a query in a
/// connection joined in the middle. Follows a granted TLS request; one for GSSAPI may have been refused
/// before.</summary>
internal sealed class PgSqlRecogniser : IRecogniser
{
    private const byte Granted = (byte)'S';
    private const byte Refused = (byte)'N';

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(PgSqlMessage.Weigh(conversation.FromOriginator),
            PgSqlMessage.Weigh(conversation.FromResponder));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Client != ClientSide.Unknown)
            LookForTls(conversation, ref recognition);
        return answer;
    }

    private static void LookForTls(in Conversation conversation, ref Recognition recognition)
    {
        var isForward = recognition.Client == ClientSide.Originator;
        var client = isForward ? conversation.FromOriginator : conversation.FromResponder;
        var server = isForward ? conversation.FromResponder : conversation.FromOriginator;
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
