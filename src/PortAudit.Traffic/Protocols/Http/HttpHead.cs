using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>The head of an HTTP/1.x message: the start line and the fields behind it, up to the empty line (RFC 9112
/// §2.1), viewed in place.</summary>
internal readonly ref struct HttpHead
{
    /// <summary>Longest head that is waited for, in bytes: what common servers accept, a Kerberos ticket in a field
    /// included.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>Fields that are looked through at most.</summary>
    private const int MaximumFields = 128;

    private readonly ReadOnlySpan<byte> _bytes;

    private HttpHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length with the empty line, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Finds the end of the head at the start of <paramref name="bytes"/>. False while it is not there, or not
    /// within <see cref="MaximumLength"/>.</summary>
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

    /// <summary>The value of a field without the spaces around it, empty when there is none. The first of that name
    /// counts.</summary>
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
