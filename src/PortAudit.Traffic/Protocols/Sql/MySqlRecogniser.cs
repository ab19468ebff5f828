using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>
/// Recognises MySQL and MariaDB by the server's greeting, the client's login, or, in a connection joined in the middle,
/// a query. The client's request for TLS leads into it.
/// </summary>
internal sealed class MySqlRecogniser : TwoSidedRecogniser
{
    private const byte Query = 3;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!MySqlPacket.TryParse(bytes, out var packet, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (packet.Sequence > 1)
            return SideMatch.Mismatch;
        error = packet.Sequence == 1 ? MySqlGreeting.CheckClient(packet) : MySqlGreeting.CheckServer(packet);
        if (error == ParseError.None)
            return packet.Sequence == 1 ? SideMatch.Request : SideMatch.Reply;
        if (packet.Sequence == 0 && error == ParseError.BadVersion)
            error = CheckQuery(packet);
        return error switch
        {
            ParseError.None => SideMatch.Request,
            ParseError.Incomplete => SideMatch.Partial,
            _ => SideMatch.Mismatch,
        };
    }

    /// <summary>A query as text; since MySQL 8.0.23 preceded by an attribute list, usually empty.</summary>
    private static ParseError CheckQuery(MySqlPacket packet)
    {
        if (packet.Payload[0] != Query)
            return ParseError.BadValue;
        var text = packet.Payload[1..];
        if (text is [0, 1, ..])
            text = text[2..];
        if (packet.IsCut && text.Length < 16)
            return ParseError.Incomplete;
        return SqlText.IsStatement(text) && !text[..Math.Min(text.Length, 16)].Contains((byte)0)
            ? ParseError.None
            : ParseError.BadValue;
    }

    /// <inheritdoc />
    protected override void FollowIntoTls(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        if (server.IsEmpty)
        {
            WaitForGreeting(client, isForward, ref recognition);
            return;
        }

        if (!MySqlPacket.TryParse(server, out var greeting, out _)
            || MySqlGreeting.CheckServer(greeting) != ParseError.None)
            return;
        if (!MySqlPacket.TryParse(client, out var login, out var error))
        {
            recognition.WantsMore = error == ParseError.Incomplete && client.Length < MySqlPacket.HeaderLength;
            return;
        }

        recognition.WantsMore = login.IsCut;
        if (login.Sequence != 1 || !MySqlGreeting.AsksForTls(login))
            return;
        recognition.Next = ProtocolSwitch.IntoTls(login.TotalLength, greeting.TotalLength, isForward);
    }

    /// <summary>After a TLS request waits for the server's greeting, which comes first but may not have been
    /// captured.</summary>
    private static void WaitForGreeting(ReadOnlySpan<byte> client, bool isForward, ref Recognition recognition)
    {
        recognition.WantsMore = MySqlPacket.TryParse(client, out var login, out _) && login.Sequence == 1
            && MySqlGreeting.AsksForTls(login);
        if (recognition.WantsMore && TlsHandshakeStart.IsBehind(client, login.TotalLength))
            recognition.NextIfOneWay = ProtocolSwitch.IntoTls(login.TotalLength, 0, isForward);
    }
}
