using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The path <c>\\server\share</c> in a tree connect request, in both generations of SMB.</summary>
internal static class SharePath
{
    private const int FirstHeaderLength = 32;
    private const byte FirstTreeConnect = 0x75;
    private const byte FirstSessionSetup = 0x73;
    private const int FirstCommand = 4;
    private const int FirstFlags = 9;
    private const byte FirstReply = 0x80;
    private const int FirstFlags2 = 10;
    private const ushort Unicode = 0x8000;

    /// <summary>Word count, next command, its offset, flags, password length, byte count ([MS-CIFS]
    /// 2.2.4.55.1).</summary>
    private const int FirstTreeConnectHead = 11;
    private const byte FirstTreeConnectWords = 4;
    private const int NextCommand = 1;
    private const int NextOffset = 3;
    private const int PasswordLength = 7;

    private const int SecondHeaderLength = 64;
    private const int SecondCommand = 12;
    private const ushort SecondTreeConnect = 3;
    private const int SecondFlags = 16;
    private const byte SecondReply = 0x01;
    private const int PathOffset = SecondHeaderLength + 4;
    private const int PathLength = SecondHeaderLength + 6;

    private const int CharLength = sizeof(char);

    private static ReadOnlySpan<byte> FirstMarker => [0xFF, (byte)'S', (byte)'M', (byte)'B'];

    private static ReadOnlySpan<byte> SecondMarker => [0xFE, (byte)'S', (byte)'M', (byte)'B'];

    /// <summary>Finds the server in a tree connect request.</summary>
    /// <param name="message">An unencrypted SMB message.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="isUnicode">True for UTF-16, false for ASCII or a code page.</param>
    public static bool TryGetServer(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> server, out bool isUnicode)
    {
        isUnicode = true;
        if (message.Length >= SecondHeaderLength && message.StartsWith(SecondMarker))
            return TryGetServer(SecondPath(message), isUnicode, out server);
        server = default;
        if (message.Length < FirstHeaderLength || !message.StartsWith(FirstMarker)
            || (message[FirstFlags] & FirstReply) != 0)
            return false;
        isUnicode = (BinaryPrimitives.ReadUInt16LittleEndian(message[FirstFlags2..]) & Unicode) != 0;
        return TryGetServer(FirstPath(message, isUnicode), isUnicode, out server);
    }

    /// <summary>The administrative share in a tree connect request; null for other messages and shares.</summary>
    /// <param name="message">An unencrypted SMB message.</param>
    public static string? FindAdminShare(ReadOnlySpan<byte> message)
    {
        if (message.Length >= SecondHeaderLength && message.StartsWith(SecondMarker))
            return AdminShare.Find(SecondPath(message), isUnicode: true);
        if (message.Length < FirstHeaderLength || !message.StartsWith(FirstMarker)
            || (message[FirstFlags] & FirstReply) != 0)
            return null;
        var isUnicode = (BinaryPrimitives.ReadUInt16LittleEndian(message[FirstFlags2..]) & Unicode) != 0;
        return AdminShare.Find(FirstPath(message, isUnicode), isUnicode);
    }

    /// <summary>[MS-SMB2] 2.2.9.</summary>
    private static ReadOnlySpan<byte> SecondPath(ReadOnlySpan<byte> message)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(message[SecondCommand..]) != SecondTreeConnect
            || (message[SecondFlags] & SecondReply) != 0 || message.Length < PathLength + 2)
            return default;
        var path =
            message[Math.Min(message.Length, (int)BinaryPrimitives.ReadUInt16LittleEndian(message[PathOffset..]))..];
        return path[..Math.Min(path.Length, (int)BinaryPrimitives.ReadUInt16LittleEndian(message[PathLength..]))];
    }

    /// <summary>[MS-CIFS] 2.2.4.55.1; may follow session set-up in one message (§2.2.3.4).</summary>
    private static ReadOnlySpan<byte> FirstPath(ReadOnlySpan<byte> message, bool isUnicode)
    {
        var body = message[FirstHeaderLength..];
        var command = message[FirstCommand];
        if (command == FirstSessionSetup && body.Length >= NextOffset + 2)
        {
            command = body[NextCommand];
            body =
                message[Math.Min(message.Length, (int)BinaryPrimitives.ReadUInt16LittleEndian(body[NextOffset..]))..];
        }

        if (command != FirstTreeConnect || body.Length < FirstTreeConnectHead || body[0] != FirstTreeConnectWords)
            return default;
        var path = body[Math.Min(body.Length,
            FirstTreeConnectHead + BinaryPrimitives.ReadUInt16LittleEndian(body[PasswordLength..]))..];
        var isUneven = (message.Length - path.Length) % CharLength != 0;
        return isUnicode && isUneven && path.Length > 0 ? path[1..] : path;
    }

    private static bool TryGetServer(ReadOnlySpan<byte> path, bool isUnicode, out ReadOnlySpan<byte> server)
    {
        var lead = isUnicode ? 2 * CharLength : 2;
        server = default;
        if (path.Length < lead || path[0] != (byte)'\\')
            return false;
        path = path[lead..];
        var end = isUnicode ? IndexOfChar(path) : path.IndexOf((byte)'\\');
        if (end < 0)
            return false;
        server = path[..end];
        return true;
    }

    private static int IndexOfChar(ReadOnlySpan<byte> utf16)
    {
        for (var i = 0; i + 1 < utf16.Length; i += CharLength)
        {
            if (utf16[i] == (byte)'\\' && utf16[i + 1] == 0)
                return i;
        }

        return -1;
    }
}
