namespace PortAudit.Traffic.Protocols.Socks;

/// <summary>SOCKS 5 negotiation (RFC 1928, RFC 1929 for passwords): methods and selection, optional authentication,
/// request and reply. Either direction may be missing.</summary>
internal ref struct Socks5Dialogue
{
    /// <summary>Methods offered at most: ten are registered (IANA "SOCKS Methods").</summary>
    public const int MaximumMethods = 16;

    private const byte Version = 5;
    private const byte PasswordVersion = 1;
    private const byte NoAuthentication = 0;
    private const byte Password = 2;
    private const byte HighestRegistered = 9;
    private const byte FirstPrivate = 0x80;
    private const byte NoneAcceptable = 0xFF;
    private const byte Connect = 1;
    private const byte HighestRequest = 3;
    private const byte HighestReply = 8;

    /// <summary>True when the client's bytes alone are proof: greeting and request.</summary>
    public bool ClientProves { get; private set; }

    /// <summary>True when the server's bytes alone are proof: selection and reply.</summary>
    public bool ServerProves { get; private set; }

    /// <summary>True when a greeting and the server's selection match.</summary>
    public bool ProveTogether { get; private set; }

    /// <summary>Offset after the request; 0 while incomplete.</summary>
    public int RequestEnd { get; private set; }

    /// <summary>Offset after the reply; 0 while incomplete.</summary>
    public int ReplyEnd { get; private set; }

    /// <summary>True when a connection request was granted.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>True when nothing more is awaited: refused, no connection requested, or hidden by the
    /// authentication.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Reads both directions. False when either is another protocol.</summary>
    public static bool TryRead(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out Socks5Dialogue dialogue)
    {
        dialogue = default;
        if (!TryReadGreeting(client, out var methods, out var greetingEnd)
            || !TryReadChoice(server, methods, out var method))
            return false;
        dialogue.ProveTogether = greetingEnd > 0 && method >= 0;
        if (method is >= 0 and not NoAuthentication and not Password)
        {
            dialogue.IsOver = true;
            return true;
        }

        return dialogue.TryReadClient(client, greetingEnd, method) && dialogue.TryReadServer(server, method);
    }

    private static bool TryReadGreeting(ReadOnlySpan<byte> client, out ReadOnlySpan<byte> methods, out int end)
    {
        methods = default;
        end = 0;
        if ((client.Length > 0 && client[0] != Version) || (client.Length > 1 && client[1] is 0 or > MaximumMethods))
            return false;
        if (client.Length < 2)
            return true;
        methods = client[2..Math.Min(client.Length, 2 + client[1])];
        foreach (var method in methods)
        {
            if (method is > HighestRegistered and < FirstPrivate or NoneAcceptable)
                return false;
        }

        end = client.Length < 2 + client[1] ? 0 : 2 + client[1];
        return true;
    }

    /// <summary>Reads the server's selection, which must be among the offered methods seen; -1 while missing.</summary>
    private static bool TryReadChoice(ReadOnlySpan<byte> server, ReadOnlySpan<byte> methods, out int method)
    {
        method = -1;
        if (server.Length > 0 && server[0] != Version)
            return false;
        if (server.Length < 2)
            return true;
        method = server[1];
        return method == NoneAcceptable
            || (methods.IsEmpty ? method is NoAuthentication or Password : methods.Contains(server[1]));
    }

    private bool TryReadClient(ReadOnlySpan<byte> client, int greetingEnd, int method)
    {
        var rest = client[greetingEnd..];
        if (greetingEnd == 0 || rest.IsEmpty)
            return true;
        var start = greetingEnd;
        if (rest[0] == PasswordVersion && method is Password or < 0)
        {
            var length = PasswordLength(rest);
            if (length == 0)
                return true;
            start += length;
            rest = rest[length..];
        }

        if (!SocksAddress.TryMeasure(rest, HighestRequest, out var requestLength))
            return false;
        if (rest.Length > 0 && rest[0] != Version)
            return false;
        ClientProves = requestLength > 0 && rest[1] >= Connect;
        RequestEnd = requestLength > 0 ? start + requestLength : 0;
        IsOver |= rest.Length > 1 && rest[1] != Connect;
        return true;
    }

    private bool TryReadServer(ReadOnlySpan<byte> server, int method)
    {
        if (method < 0)
            return true;
        var start = 2;
        if (method == Password)
        {
            if (server.Length > 2 && server[2] != PasswordVersion)
                return false;
            start = 4;
        }

        if (server.Length <= start)
            return true;
        var rest = server[start..];
        if (rest[0] != Version || !SocksAddress.TryMeasure(rest, HighestReply, out var length))
            return false;
        ServerProves = length > 0;
        ReplyEnd = length > 0 ? start + length : 0;
        IsConnected = length > 0 && rest[1] == 0 && !IsOver;
        IsOver |= rest.Length > 1 && rest[1] != 0;
        return true;
    }

    /// <summary>Length of name and password (RFC 1929 §2); 0 while incomplete.</summary>
    private static int PasswordLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes.Length < 3 + bytes[1])
            return 0;
        var length = 3 + bytes[1] + bytes[2 + bytes[1]];
        return bytes.Length < length ? 0 : length;
    }
}
