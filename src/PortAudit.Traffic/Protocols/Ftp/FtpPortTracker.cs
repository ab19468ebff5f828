using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>Reads FTP data ports: <c>PORT</c> and reply 227 (RFC 959 §4.1.2, §4.2.2), <c>EPRT</c> and reply 229 (RFC
/// 2428). After <c>AUTH</c> (RFC 2228, RFC 4217) skips TLS records: the client may end TLS (<c>CCC</c>, RFC 4217 §12.3)
/// to let firewalls read the ports.</summary>
internal sealed class FtpPortTracker : IDynamicPortTracker
{
    /// <summary>How long a port may wait for its connection, in nanoseconds: five minutes, a server's timeout (RFC 1123
    /// §4.1.3.2).</summary>
    private const long LifetimeNs = 300_000_000_000;

    private bool _isHidden;
    private bool _originatorSealed;
    private bool _responderSealed;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var rest = message.Bytes;
        var isWhole = !message.IsAfterGap;
        ref var isSealed = ref message.ByOriginator ? ref _originatorSealed : ref _responderSealed;
        if (isWhole && TlsRecordStart.TryMeasure(rest, out var length))
        {
            isSealed = true;
            return length;
        }

        if (isSealed && !(isWhole && IsText(rest)))
        {
            notes.End();
            return rest.Length;
        }

        while (!notes.IsOver && rest.IndexOf((byte)'\n') is >= 0 and var feed)
        {
            if (isWhole)
                ReadLine(rest[..feed].TrimEnd((byte)'\r'), message, notes);
            if (isWhole && isSealed)
                notes.Unseal();
            rest = rest[(feed + 1)..];
            isWhole = true;
            if (TlsRecordStart.TryMeasure(rest, out _))
                break;
        }

        return message.Bytes.Length - rest.Length;
    }

    /// <inheritdoc />
    public void Clear() => _isHidden = _originatorSealed = _responderSealed = false;

    /// <summary>True for the beginning of a line: clear text after TLS.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes) =>
        !bytes[..Math.Min(bytes.Length, 4)].ContainsAnyExcept(Ascii.LineCharacters)
        || bytes.StartsWith("\r\n"u8);

    private void ReadLine(ReadOnlySpan<byte> line, in ControlMessage message, AnnouncementNotes notes)
    {
        if (ReplyLine.TryParse(line, out var reply))
            ReadReply(reply, message, notes);
        else
            ReadCommand(new CommandLine(line), message, notes);
    }

    private void ReadReply(ReplyLine reply, in ControlMessage message, AnnouncementNotes notes)
    {
        if (reply.Is("234"u8) && !reply.HasMore && !_isHidden)
        {
            _isHidden = true;
            notes.HideSome();
        }
        else if (reply.Is("227"u8) && FtpAddress.TryFindSixNumbers(reply.Text, out var address, out var port))
            Announce(ReportedAddress.Reached(address, port, message.Sender.Address), message, notes);
        else if (reply.Is("229"u8) && FtpAddress.TryFindPort(reply.Text, out port))
            Announce(new Endpoint(message.Sender.Address, port), message, notes);
    }

    private static void ReadCommand(CommandLine command, in ControlMessage message, AnnouncementNotes notes)
    {
        if (command.Is("PORT"u8) && FtpAddress.TryFindSixNumbers(command.Argument, out var address, out var port))
            Announce(ReportedAddress.Reached(address, port, message.Sender.Address), message, notes);
        else if (command.Is("EPRT"u8) && FtpAddress.TryParseExtended(command.Argument, out address, out port))
            Announce(ReportedAddress.Reached(address, port, message.Sender.Address), message, notes);
    }

    private static void Announce(Endpoint server, in ControlMessage message, AnnouncementNotes notes) =>
        notes.Announce(new AnnouncementDraft(server, IpProtocol.Tcp,
            message.Receiver.Address)
        { Protocol = "ftp-data", LifetimeNs = LifetimeNs });
}
