using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>The head of an HTTP/1.x message, viewed in place: start line and fields up to the empty line (RFC 9112
/// §2.1).</summary>
internal readonly ref struct HttpHead
{
    /// <summary>Longest head, in bytes: the limit of common servers, including a Kerberos ticket.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>Fields searched at most.</summary>
    private const int MaximumFields = 128;

    private readonly ReadOnlySpan<byte> _bytes;

    private HttpHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length including the empty line, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Finds the end of the head. False while missing, or beyond <see cref="MaximumLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HttpHead head)
    {
        var window = bytes[..Math.Min(bytes.Length, MaximumLength)];
        var end = window.IndexOf("\r\n\r\n"u8);
        var length = end + 4;
        if (end < 0)
        {
            end = window.IndexOf("\n\n"u8);
            length = end + 2;
        }

        head = end < 0 ? default : new HttpHead(window[..length]);
        return end >= 0;
    }

    /// <summary>The trimmed value of the first field with a name; empty without one.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> name)
    {
        var rest = _bytes;
        for (var i = 0; i < MaximumFields; i++)
        {
            var feed = rest.IndexOf((byte)'\n');
            if (feed < 0)
                break;
            rest = rest[(feed + 1)..];
            if (rest.Length > name.Length && rest[name.Length] == ':' && Words.Begins(rest, name))
                return rest[(name.Length + 1)..rest.IndexOf((byte)'\n')].Trim(" \t\r"u8);
        }

        return [];
    }
}
