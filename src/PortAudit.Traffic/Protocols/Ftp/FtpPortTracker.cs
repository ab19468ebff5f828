using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>
/// Reads the ports of FTP's data connections: <c>PORT</c> and the reply 227 (RFC 959 §4.1.2, §4.2.2), <c>EPRT</c> and
/// the reply 229 (RFC 2428). Behind <c>AUTH</c> (RFC 2228, RFC 4217) nothing can be read.
/// </summary>
internal sealed class FtpPortTracker : IDynamicPortTracker
{
    /// <summary>How long a port may wait for its connection, in nanoseconds: five minutes, the time after which servers
    /// give up (RFC 1123 §4.1.3.2).</summary>
    private const long LifetimeNs = 300_000_000_000;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var rest = message.Bytes;
        var isWhole = !message.IsAfterGap;
        while (!notes.IsOver && rest.IndexOf((byte)'\n') is >= 0 and var feed)
        {
            if (isWhole)
                ReadLine(rest[..feed].TrimEnd((byte)'\r'), message, notes);
            rest = rest[(feed + 1)..];
            isWhole = true;
        }

        return message.Bytes.Length - rest.Length;
    }

    /// <inheritdoc />
    public void Clear()
    {
    }

    private static void ReadLine(ReadOnlySpan<byte> line, in ControlMessage message, AnnouncementNotes notes)
    {
        if (ReplyLine.TryParse(line, out var reply))
            ReadReply(reply, message, notes);
        else
            ReadCommand(new CommandLine(line), message, notes);
    }

    private static void ReadReply(ReplyLine reply, in ControlMessage message, AnnouncementNotes notes)
    {
        if (reply.Is("234"u8) && !reply.HasMore)
            notes.Hide();
        else if (reply.Is("227"u8) && FtpAddress.TryFindSixNumbers(reply.Text, out var address, out var port))
            Announce(ToldAddress.Reached(address, port, message.Sender.Address), message, notes);
        else if (reply.Is("229"u8) && FtpAddress.TryFindPort(reply.Text, out port))
            Announce(new Endpoint(message.Sender.Address, port), message, notes);
    }

    private static void ReadCommand(CommandLine command, in ControlMessage message, AnnouncementNotes notes)
    {
        if (command.Is("PORT"u8) && FtpAddress.TryFindSixNumbers(command.Argument, out var address, out var port))
            Announce(ToldAddress.Reached(address, port, message.Sender.Address), message, notes);
        else if (command.Is("EPRT"u8) && FtpAddress.TryParseExtended(command.Argument, out address, out port))
            Announce(ToldAddress.Reached(address, port, message.Sender.Address), message, notes);
    }

    private static void Announce(Endpoint server, in ControlMessage message, AnnouncementNotes notes) =>
        notes.Announce(new AnnouncementDraft(server, IpProtocol.Tcp,
            message.Receiver.Address)
        { Protocol = "ftp-data", LifetimeNs = LifetimeNs });
}
