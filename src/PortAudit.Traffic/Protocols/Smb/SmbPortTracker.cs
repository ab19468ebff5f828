using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Reads RPC inside SMB 1, 2 and 3 ([MS-CIFS] 2.2.4, [MS-SMB2] 2.2): the endpoint mapper's pipe
/// <c>\pipe\epmapper</c> ([MS-RPCE] 2.1.1.2) for announced ports, other pipes for interfaces and calls. Skips file data
/// by length, and compressed messages (2.2.42). Encrypted ones ([MS-SMB2] 2.2.41) are unreadable.</summary>
/// <param name="begin">Creates the RPC tracker of a pipe.</param>
internal sealed class SmbPortTracker(Func<IDynamicPortTracker> begin) : IDynamicPortTracker
{
    /// <summary>Longest SMB message read, in bytes: half the window, so that the rest of the segment fits. Endpoint
    /// mapper responses come in fragments of 4 KiB.</summary>
    public const int MaximumMessage = ControlMessage.MaximumStreamLength / 2;

    private const byte FirstMark = 0xFF;
    private const byte SecondMark = 0xFE;

    private readonly SmbPipeTable _pipes = new(begin);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (message.IsAfterGap)
            _pipes.Break();
        var consumed = 0;
        while (consumed < message.Bytes.Length && !notes.IsOver)
        {
            var length = ReadNext(message.Bytes[consumed..], message, notes);
            if (length == 0)
                break;
            consumed += length;
        }

        return consumed;
    }

    /// <inheritdoc />
    public void Clear() => _pipes.Clear();

    /// <summary>Reads or skips the first message and returns its length; 0 to wait for more.</summary>
    private int ReadNext(ReadOnlySpan<byte> stream, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (!SmbMessage.TryParse(stream, out var message, out var error))
            return error == ParseError.Incomplete ? 0 : SmbMessage.FindNext(stream);
        if (message.IsMarkCut)
            return 0;
        if (message.Mark == 0)
            return message.Length == 0 ? message.TotalLength : SmbMessage.FindNext(stream);
        if (message.Mark == SmbMessage.EncryptedMark)
            notes.Hide();
        else if (message.IsWhole)
            ReadCommands(message.Content, carrier, notes);
        else if (!CanBePassedOver(message, notes))
            return 0;
        return message.TotalLength;
    }

    /// <summary>Bounded by the message's length, as each command has a header.</summary>
    private void ReadCommands(ReadOnlySpan<byte> content, in ControlMessage carrier, AnnouncementNotes notes)
    {
        if (Smb1Command.TryParse(content, out var first, out _))
            _pipes.Take(first.PipeStep, isRelated: false, carrier, notes);
        while (Smb2Command.TryParse(content, out var command, out _))
        {
            _pipes.Take(command.PipeStep, command.IsRelated, carrier, notes);
            content = content[command.Length..];
        }
    }

    private bool CanBePassedOver(SmbMessage message, AnnouncementNotes notes)
    {
        var matters = Matters(message);
        if (matters == false)
            return true;
        if (message.TotalLength <= MaximumMessage)
            return false;
        if (matters == true)
            notes.Miss();
        return matters == true || message.Content.Length >= Smb2Command.HeadLength;
    }

    /// <summary>Whether a partial message matters; null when undecided.</summary>
    private bool? Matters(SmbMessage message)
    {
        var content = message.Content;
        if (message.Mark == FirstMark)
            return Smb1Command.TryParse(content, out var first, out _) ? _pipes.Matters(first.PipeStep) : null;
        if (message.Mark != SecondMark)
            return false;
        while (Smb2Command.TryParse(content, out var command, out _))
        {
            if ((command.IsLast || command.IsCut) && content.Length < Smb2Command.HeadLength)
                return null;
            if (_pipes.Matters(command.PipeStep) is not false and var matters)
                return matters;
            if (command.IsLast)
                return false;
            content = content[command.Length..];
        }

        return null;
    }
}
