using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Names the message at the start of a payload. One packet cannot prove a protocol; recognisers do
/// that.</summary>
internal static class PayloadWords
{
    /// <summary>Characters shown of SSH's banner; RFC 4253 §4.2 allows 255.</summary>
    private const int MaximumBanner = 64;

    private const int ReplyLength = 4;
    private const int StunHeaderLength = 20;
    private const uint StunCookie = 0x2112_A442;

    private static readonly ImmutableArray<string> RpcTypes =
    [
        "request", "ping", "response", "fault", "working", "nocall", "reject", "ack", "cl_cancel", "fack", "cancel_ack",
        "bind", "bind_ack", "bind_nak", "alter_context", "alter_context_resp", "auth3", "shutdown", "co_cancel",
        "orphaned",
    ];

    private static readonly ImmutableArray<string> Smb2Commands =
    [
        "NEGOTIATE", "SESSION_SETUP", "LOGOFF", "TREE_CONNECT", "TREE_DISCONNECT", "CREATE", "CLOSE", "FLUSH", "READ",
        "WRITE", "LOCK", "IOCTL", "CANCEL", "ECHO", "QUERY_DIRECTORY", "CHANGE_NOTIFY", "QUERY_INFO", "SET_INFO",
        "OPLOCK_BREAK",
    ];

    private static readonly ImmutableArray<byte[]> Versions =
        [[.. "HTTP/1.1"u8], [.. "HTTP/1.0"u8], [.. "SIP/2.0"u8], [.. "RTSP/1.0"u8]];

    private static readonly ImmutableArray<Naming> All =
    [
        (payload, _, _, _) => TlsWords.Of(payload),
        (payload, _, _, _) => Ssh(payload),
        (payload, _, _, _) => Smb(payload),
        DnsWords.Of,
        (payload, _, from, to) => from == 88 || to == 88 ? Kerberos(payload) : "",
        (payload, _, from, to) => from is 389 or 3268 || to is 389 or 3268 ? Ldap(payload) : "",
        (payload, protocol, from, to) =>
            protocol == IpProtocol.Udp && (from is 161 or 162 || to is 161 or 162) ? Snmp(payload) : "",
        (payload, protocol, from, to) => protocol == IpProtocol.Udp && (from == 123 || to == 123) ? Ntp(payload) : "",
        (payload, _, _, _) => Rpc(payload),
        (payload, _, _, _) => Stun(payload),
        (payload, _, _, _) => StartLine(payload),
        (payload, protocol, _, _) => protocol == IpProtocol.Tcp ? CommandOrReply(payload) : "",
    ];

    /// <summary>Names a message; empty when it has no name.</summary>
    private delegate string Naming(ReadOnlySpan<byte> payload, IpProtocol protocol, ushort from, ushort to);

    /// <summary>Methods of HTTP, SIP and RTSP; the request target is not shown.</summary>
    private static ReadOnlySpan<byte> Methods => """
        GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH SEARCH REPORT LOCK UNLOCK MKCOL MOVE
        COPY NOTIFY SUBSCRIBE M-SEARCH RPC_IN_DATA RPC_OUT_DATA INVITE ACK BYE CANCEL REGISTER MESSAGE REFER INFO PRACK
        UPDATE PUBLISH SERVICE BENOTIFY DESCRIBE SETUP PLAY PAUSE TEARDOWN ANNOUNCE RECORD GET_PARAMETER SET_PARAMETER
        """u8;

    /// <summary>Commands of SMTP, POP, FTP and similar protocols; arguments are not shown.</summary>
    private static ReadOnlySpan<byte> Commands =>
        """
        HELO EHLO LHLO MAIL RCPT DATA BDAT RSET VRFY EXPN NOOP QUIT STARTTLS AUTH X-EXPS USER PASS APOP CAPA STLS STAT
        RETR DELE UIDL FEAT SYST CWD PWD TYPE PASV EPSV PORT EPRT LIST NLST STOR SIZE MDTM ACCT PBSZ PROT
        """u8;

    /// <summary>The name; empty when there is none.</summary>
    public static string Of(ReadOnlySpan<byte> payload, IpProtocol protocol, ushort from, ushort to)
    {
        foreach (var naming in All)
        {
            if (naming(payload, protocol, from, to) is { Length: > 0 } words)
                return words;
        }

        return "";
    }

    private static string Ssh(ReadOnlySpan<byte> payload)
    {
        if (!payload.StartsWith("SSH-"u8))
            return "";
        var end = payload.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        var banner = payload[..Math.Min(end < 0 ? payload.Length : end, MaximumBanner)];
        return Encoding.ASCII.GetString(banner);
    }

    /// <summary>SMB after the four bytes of its transport ([MS-SMB2] 2.1, 2.2.1.2; [MS-CIFS] 2.2.3.1).</summary>
    private static string Smb(ReadOnlySpan<byte> payload) => payload switch
    {
        [0, _, _, _, 0xFE, (byte)'S', (byte)'M', (byte)'B', _, _, _, _, _, _, _, _, var command, 0, _, _, var flags, ..]
            when command < Smb2Commands.Length =>
            $"SMB2 {Smb2Commands[command]} {((flags & 1) != 0 ? "response" : "request")}",
        [0, _, _, _, 0xFF, (byte)'S', (byte)'M', (byte)'B', var command, _, _, _, _, var flags, ..] =>
            string.Create(CultureInfo.InvariantCulture,
                $"SMB1 command 0x{command:X2} {((flags & 0x80) != 0 ? "response" : "request")}"),
        [0, _, _, _, 0xFD, (byte)'S', (byte)'M', (byte)'B', ..] => "SMB3, encrypted",
        _ => "",
    };

    /// <summary>Application tags of messages (RFC 4120 §5.10), after a length over TCP (§7.2.2).</summary>
    private static string Kerberos(ReadOnlySpan<byte> payload) => (payload is [0, ..] && payload.Length > 4
        ? payload[4]
        : payload[0]) switch
    {
        0x6A => "Kerberos AS-REQ",
        0x6B => "Kerberos AS-REP",
        0x6C => "Kerberos TGS-REQ",
        0x6D => "Kerberos TGS-REP",
        0x7E => "Kerberos KRB-ERROR",
        _ => "",
    };

    /// <summary>The operation of a message (RFC 4511 §4.2 and after).</summary>
    private static string Ldap(ReadOnlySpan<byte> payload)
    {
        if (payload is not [0x30, var first, ..])
            return "";
        var content = 2 + (first > 0x80 && first <= 0x84 ? first - 0x80 : 0);
        if (payload.Length < content + 2 || payload[content] != 0x02)
            return "";
        var operation = content + 2 + payload[content + 1];
        return operation >= payload.Length ? "" : payload[operation] switch
        {
            0x60 => "LDAP bind request",
            0x61 => "LDAP bind response",
            0x42 => "LDAP unbind request",
            0x63 => "LDAP search request",
            0x64 => "LDAP search entry",
            0x65 => "LDAP search done",
            0x66 => "LDAP modify request",
            0x68 => "LDAP add request",
            0x77 => "LDAP extended request",
            0x78 => "LDAP extended response",
            _ => "",
        };
    }

    /// <summary>The version (RFC 3416, RFC 3412 §6); the community is a password.</summary>
    private static string Snmp(ReadOnlySpan<byte> payload)
    {
        if (payload is not [0x30, var first, ..])
            return "";
        var content = 2 + (first > 0x80 && first <= 0x84 ? first - 0x80 : 0);
        return payload.Length < content + 3 || payload[content] != 0x02 || payload[content + 1] != 1
            ? ""
            : payload[content + 2] switch
            {
                0 => "SNMP version 1, community not shown",
                1 => "SNMP version 2c, community not shown",
                3 => "SNMP version 3",
                _ => "",
            };
    }

    /// <summary>The mode (RFC 5905 §7.3).</summary>
    private static string Ntp(ReadOnlySpan<byte> payload) => (payload[0] & 7) switch
    {
        1 or 2 => "NTP symmetric",
        3 => "NTP client",
        4 => "NTP server",
        5 => "NTP broadcast",
        _ => "",
    };

    /// <summary>The packet type of connection-oriented RPC (C706 §12.6.4).</summary>
    private static string Rpc(ReadOnlySpan<byte> payload) =>
        payload is [5, 0 or 1, var type, _, 0x10 or 0, 0, 0, 0, ..] && type < RpcTypes.Length
            ? $"RPC {RpcTypes[type]}"
            : "";

    /// <summary>Method and class (RFC 8489 §5; RFC 8656 §18).</summary>
    private static string Stun(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < StunHeaderLength || payload[0] >= 0x40
            || BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) != StunCookie)
            return "";
        var type = BinaryPrimitives.ReadUInt16BigEndian(payload);
        var method = (type & 0x3EEF) switch
        {
            1 => "binding",
            3 => "allocate",
            4 => "refresh",
            6 => "send",
            7 => "data",
            8 => "create permission",
            9 => "channel bind",
            _ => "message",
        };
        var words = (type & 0x0110) switch
        {
            0x0000 => "request",
            0x0010 => "indication",
            0x0100 => "success response",
            _ => "error response",
        };
        return $"STUN {method} {words}";
    }

    /// <summary>The method of a request, or the status code of a response.</summary>
    private static string StartLine(ReadOnlySpan<byte> payload)
    {
        var end = payload.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? payload : payload[..end];
        foreach (var version in Versions)
        {
            if (line.StartsWith(version) && line[version.Length..] is [(byte)' ', var a, var b, var c, ..]
                && Words.IsNumber([a, b, c]))
                return $"{Encoding.ASCII.GetString(version)} response {(char)a}{(char)b}{(char)c}";
            if (line.EndsWith(version) && Word(line, Methods) is { Length: > 0 } method)
                return $"{Encoding.ASCII.GetString(version)} request {method}, target not shown";
        }

        return "";
    }

    private static string CommandOrReply(ReadOnlySpan<byte> payload)
    {
        if (Word(payload, Commands) is { Length: > 0 } command)
            return $"command {command}";
        if (payload.StartsWith("+OK"u8) || payload.StartsWith("-ERR"u8))
            return payload[0] == '+' ? "reply +OK" : "reply -ERR";
        return payload.Length >= ReplyLength && Words.IsNumber(payload[..3]) && payload[3] is (byte)' ' or (byte)'-'
            && payload[0] is >= (byte)'1' and <= (byte)'5'
            ? $"reply {Encoding.ASCII.GetString(payload[..3])}"
            : "";
    }

    /// <summary>The first word if the list contains it; otherwise empty.</summary>
    private static string Word(ReadOnlySpan<byte> text, ReadOnlySpan<byte> list)
    {
        var end = text.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        if (end <= 0)
            return "";
        var word = text[..end];
        foreach (var range in list.SplitAny((byte)' ', (byte)'\n', (byte)'\r'))
        {
            if (Words.Same(list[range], word))
                return Encoding.ASCII.GetString(list[range]);
        }

        return "";
    }
}
