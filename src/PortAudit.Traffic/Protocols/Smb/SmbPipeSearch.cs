using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>
/// Looks for the first pipe that a client opens: by the name it creates, or where that was not seen or says nothing, by
/// the RPC bind that it writes. What SMB 3 encrypts ([MS-SMB2] 2.2.41) hides it, and that is said instead.
/// </summary>
/// <param name="Service">Name of the pipe or interface, <see cref="Encrypted"/>, or null while none was found.</param>
/// <param name="IsSettled">True when the stream's next bytes will not be looked at.</param>
internal readonly record struct SmbPipeSearch(string? Service, bool IsSettled)
{
    /// <summary>The service of a connection that is encrypted before a pipe was seen to be opened.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>
    /// Messages of a direction that are walked at most: negotiation, log-on and tree connects take about ten, and a
    /// client that has opened no pipe after as many again reads files.
    /// </summary>
    public const int MaximumMessages = 32;

    /// <summary>Commands of one message that are walked at most: clients put two to four together.</summary>
    public const int MaximumCommands = 8;

    private const byte TransformMark = 0xFD;

    /// <summary>Walks what one end sent; what it asked of a tree that the other end called no tree of pipes does not
    /// count.</summary>
    public static SmbPipeSearch Walk(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < MaximumMessages; i++)
        {
            if (!SmbMessage.TryParse(stream, out var message, out var error))
                return new(null, error != Wire.ParseError.Incomplete);
            if (message.Content is [TransformMark, ..])
                return new(Encrypted, true);
            if (!message.IsWhole)
                return new(null, false);
            if (FindService(message.Content, other) is { } service)
                return new(service, true);
            stream = stream[message.TotalLength..];
        }

        return new(null, true);
    }

    private static string? FindService(ReadOnlySpan<byte> content, ReadOnlySpan<byte> other)
    {
        if (Smb1Command.TryParse(content, out var first, out _))
            return FindService(first, other);
        for (var i = 0; i < MaximumCommands && Smb2Command.TryParse(content, out var command, out _); i++)
        {
            if (FindService(command, other) is { } service)
                return service;
            content = content[command.Length..];
        }

        return null;
    }

    private static string? FindService(Smb1Command command, ReadOnlySpan<byte> other)
    {
        var service = SmbPipes.Find(command.OpenedName, command.IsUnicode) ?? InterfaceOf(command.WrittenBytes);
        return service is not null && KindOfFirst(other, command.TreeId) != SmbTreeKind.Other ? service : null;
    }

    private static string? FindService(Smb2Command command, ReadOnlySpan<byte> other)
    {
        var service = SmbPipes.Find(command.CreatedName, isUnicode: true) ?? InterfaceOf(command.WrittenBytes);
        return service is not null && KindOfSecond(other, command.TreeId) != SmbTreeKind.Other ? service : null;
    }

    private static string? InterfaceOf(ReadOnlySpan<byte> written) =>
        DceRpcPdu.TryParse(written, out var pdu, out _) && DceRpcBind.TryParse(pdu, out var bind, out _)
            ? bind.FindInterface()
            : null;

    private static SmbTreeKind KindOfFirst(ReadOnlySpan<byte> stream, ushort tree)
    {
        for (var i = 0; i < MaximumMessages && SmbMessage.TryParse(stream, out var message, out _)
            && message.IsWhole; i++)
        {
            if (Smb1Command.TryParse(message.Content, out var command, out _) && command.TreeId == tree
                && command.ConnectedKind != SmbTreeKind.Unknown)
                return command.ConnectedKind;
            stream = stream[message.TotalLength..];
        }

        return SmbTreeKind.Unknown;
    }

    private static SmbTreeKind KindOfSecond(ReadOnlySpan<byte> stream, uint tree)
    {
        for (var i = 0; i < MaximumMessages && SmbMessage.TryParse(stream, out var message, out _)
            && message.IsWhole; i++)
        {
            var content = message.Content;
            for (var j = 0; j < MaximumCommands && Smb2Command.TryParse(content, out var command, out _); j++)
            {
                if (command.TreeId == tree && command.ConnectedKind != SmbTreeKind.Unknown)
                    return command.ConnectedKind;
                content = content[command.Length..];
            }

            stream = stream[message.TotalLength..];
        }

        return SmbTreeKind.Unknown;
    }
}
