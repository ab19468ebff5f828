using System.Buffers.Text;
using System.Text;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>An <c>m=</c> line and the lines after it, viewed in place (RFC 8866 §5.14).</summary>
internal readonly ref struct SdpMedia
{
    /// <summary>Ports of one line, <c>49170/2</c>, used at most.</summary>
    public const int MaximumPorts = 16;

    private const int LongestKind = 32;

    private readonly ReadOnlySpan<byte> _kind;
    private readonly ReadOnlySpan<byte> _lines;

    private SdpMedia(ReadOnlySpan<byte> kind, ushort port, int portCount, SdpTransport transport,
        SdpConnection? connection, ReadOnlySpan<byte> lines)
    {
        _kind = kind;
        Port = port;
        PortCount = portCount;
        Transport = transport;
        Connection = connection;
        _lines = lines;
    }

    /// <summary>The port; 0 for a refused medium (RFC 3264 §6).</summary>
    public ushort Port { get; }

    /// <summary>Number of ports; for RTP every second one.</summary>
    public int PortCount { get; }

    /// <summary>Its transport.</summary>
    public SdpTransport Transport { get; }

    /// <summary>Its own <c>c=</c>, or the session's; null without an address.</summary>
    public SdpConnection? Connection { get; }

    /// <summary>Parses the value of an <c>m=</c> line; false for an unknown port or protocol.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, SdpConnection? ofSession, ReadOnlySpan<byte> lines,
        out SdpMedia media)
    {
        media = default;
        var rest = value;
        var kind = Words.Take(ref rest);
        var ports = Words.Take(ref rest);
        var slash = ports.IndexOf((byte)'/');
        if (!SdpTransport.TryParse(Words.Take(ref rest), out var transport)
            || !PortNumber.TryParse(slash < 0 ? ports : ports[..slash], out var port))
            return false;
        var count = slash >= 0 && Utf8Parser.TryParse(ports[(slash + 1)..], out int told, out _)
            ? Math.Clamp(told, 1, MaximumPorts)
            : 1;
        var connection = SdpLines.TryFind(lines, "c="u8, out var line) && SdpConnection.TryParse(line, out var own)
            ? own
            : ofSession;
        media = new SdpMedia(kind, port, count, transport, connection, lines);
        return true;
    }

    /// <summary>The kind of media in lower case, <c>audio</c>; null for other values.</summary>
    public string? Kind() => _kind switch
    {
        _ when Words.Same(_kind, "audio"u8) => "audio",
        _ when Words.Same(_kind, "video"u8) => "video",
        _ when Words.Same(_kind, "image"u8) => "image",
        _ when Words.Same(_kind, "application"u8) => "application",
        _ when Words.Same(_kind, "applicationsharing"u8) => "applicationsharing",
        _ => IsWord(_kind) ? Encoding.ASCII.GetString(_kind).ToLowerInvariant() : null,
    };

    /// <summary>True when an attribute without value is present.</summary>
    public bool Has(ReadOnlySpan<byte> attribute)
    {
        var rest = _lines;
        while (SdpLines.TryTake(ref rest, out var line))
        {
            if (line.StartsWith("a="u8) && Words.Same(line[2..], attribute))
                return true;
        }

        return false;
    }

    /// <summary>Finds the value of an attribute, given with its colon, such as <c>a=rtcp:</c>.</summary>
    public bool TryFind(ReadOnlySpan<byte> start, out ReadOnlySpan<byte> value) =>
        SdpLines.TryFind(_lines, start, out value);

    public ReadOnlySpan<byte> Lines => _lines;

    private static bool IsWord(ReadOnlySpan<byte> word)
    {
        foreach (var character in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'-' or (byte)'_'))
                return false;
        }

        return word.Length is > 0 and <= LongestKind;
    }
}
