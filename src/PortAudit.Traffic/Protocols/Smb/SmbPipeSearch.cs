using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Finds the first pipe opened by a client: by the created name, or, when not captured or unknown, by an RPC
/// bind written to it. With SMB 3 encryption ([MS-SMB2] 2.2.41) the result says so.</summary>
/// <param name="Service">Name of the pipe or interface, <see cref="Encrypted"/>, or null so far.</param>
/// <param name="IsSettled">True when further bytes of the stream are irrelevant.</param>
internal readonly record struct SmbPipeSearch(string? Service, bool IsSettled)
{
    /// <summary>Service of a connection encrypted before a pipe was opened.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>Messages read per direction: negotiation, logon and tree connects take about ten; a client without a
    /// pipe after twice that reads files.</summary>
    public const int MaximumMessages = 32;

    /// <summary>Commands read per message: clients combine two to four.</summary>
    public const int MaximumCommands = 8;

    private const byte TransformMark = 0xFD;

    /// <summary>Reads one side's stream; ignores requests in trees that the other side called no pipe tree.</summary>
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
