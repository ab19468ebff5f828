using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Reads names at the start of an SMB connection: both sides' in the NetBIOS session set-up (RFC 1002 §4.3.2),
/// those in the authentication, and the server's in the client's tree connect. Later or encrypted messages have
/// none.</summary>
internal sealed class SmbNameReader : INameReader
{
    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        SecurityTokens.Note(payload.FromOriginator, payload.Originator, payload.Responder, notes);
        SecurityTokens.Note(payload.FromResponder, payload.Responder, payload.Originator, notes);
        return ReadStream(payload.FromOriginator, payload.Originator, payload.Responder, notes)
            | ReadStream(payload.FromResponder, payload.Responder, payload.Originator, notes);
    }

    /// <summary>True after a tree connect.</summary>
    private static bool ReadStream(ReadOnlySpan<byte> stream, IpAddress sender, IpAddress receiver, NameNotes notes)
    {
        var messages = new SmbMessages(stream);
        while (messages.MoveNext())
        {
            if (messages.Type == SmbMessages.SessionRequest)
                NoteSession(messages.Body, sender, receiver, notes);
            if (messages.Type != SmbMessages.SessionMessage
                || !SharePath.TryGetServer(messages.Body, out var server, out var isUnicode))
                continue;
            if (isUnicode)
                notes.AddUtf16(receiver, NameBasis.Smb, server);
            else
                notes.AddUtf8(receiver, NameBasis.Smb, server);
            return true;
        }

        return false;
    }

    /// <summary>The called name is the receiver's, the calling one the sender's; scopes occur only in the oldest
    /// networks.</summary>
    private static void NoteSession(ReadOnlySpan<byte> body, IpAddress sender, IpAddress receiver, NameNotes notes)
    {
        Span<byte> name = stackalloc byte[NetBiosName.Length];
        if (!NetBiosName.TryDecode([], body, name))
            return;
        notes.AddUtf8(receiver, NameBasis.NetBios, NetBiosName.OfComputer(name));
        if (body.Length > NetBiosName.EncodedLength
            && NetBiosName.TryDecode([], body[(NetBiosName.EncodedLength + 1)..], name))
            notes.AddUtf8(sender, NameBasis.NetBios, NetBiosName.OfComputer(name));
    }
}
