using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Request line or status line of an HTTP-like protocol, viewed in place (RFC 9112 §3 and §4, RFC 3261 §7.1
/// and §7.2).</summary>
internal readonly ref struct StartLine
{
    /// <summary>Longest request target: RFC 9112 §3 recommends supporting at least 8,000 octets.</summary>
    public const int MaximumTargetLength = 8192;

    /// <summary>Longest method: the longest registered one (<c>UPDATEREDIRECTREF</c>, RFC 4437) has 17 characters;
    /// leaves room for extensions.</summary>
    public const int MaximumMethodLength = 24;

    private const int StatusCodeLength = 3;

    private const byte LastControl = 0x1F;

    private StartLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, int statusCode)
    {
        Method = method;
        Target = target;
        StatusCode = statusCode;
    }

    /// <summary>The method of a request; empty in a status line.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>The target of a request; empty in a status line.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The status code of a reply, 100 to 699; 0 in a request line.</summary>
    public int StatusCode { get; }

    public bool IsRequest => StatusCode == 0;

    /// <summary>Parses the start line of the protocol with version text <paramref name="version"/>; after a final dot
    /// (<c>HTTP/1.</c>) one digit follows. A line that agrees so far is <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> version, out StartLine line,
        out ParseError error)
    {
        if (TryTakeVersion(bytes, version, out var rest, out error))
            return TryParseStatus(rest, out line, out error);
        if (error != ParseError.Incomplete)
            return TryParseRequest(bytes, version, out line, out error);
        line = default;
        return false;
    }

    private static bool TryTakeVersion(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> version,
        out ReadOnlySpan<byte> rest, out ParseError error)
    {
        rest = default;
        var common = bytes.CommonPrefixLength(version);
        var length = version[^1] == '.' ? version.Length + 1 : version.Length;
        error = common == bytes.Length ? ParseError.Incomplete : ParseError.BadVersion;
        if (common < version.Length || bytes.Length < length)
            return false;
        if (length > version.Length && !char.IsAsciiDigit((char)bytes[version.Length]))
            return false;
        rest = bytes[length..];
        error = ParseError.None;
        return true;
    }

    private static bool TryParseStatus(ReadOnlySpan<byte> rest, out StartLine line, out ParseError error)
    {
        line = default;
        error = ParseError.BadValue;
        if (rest.Length > 0 && rest[0] != ' ')
            return false;
        var code = 0;
        for (var i = 1; i <= StatusCodeLength && i < rest.Length; i++)
        {
            if (!char.IsAsciiDigit((char)rest[i]))
                return false;
            code = code * 10 + (rest[i] - '0');
        }

        if (rest.Length <= StatusCodeLength)
        {
            error = ParseError.Incomplete;
            return false;
        }

        var endsWell =
            rest.Length == StatusCodeLength + 1 || rest[StatusCodeLength + 1] is (byte)' ' or (byte)'\r' or (byte)'\n';
        if (code is < 100 or > 699 || !endsWell)
            return false;
        line = new StartLine([], [], code);
        error = ParseError.None;
        return true;
    }

    private static bool TryParseRequest(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> version, out StartLine line,
        out ParseError error)
    {
        line = default;
        if (!TryTakeWord(bytes, Ascii.MethodCharacters, MaximumMethodLength, out var method, out error))
            return false;
        var rest = bytes[(method.Length + 1)..];
        var isRead = TryTakeTarget(rest, version, out var target, out error)
            || (error != ParseError.Incomplete && version[^1] == '.'
                && TryTakeLooseTarget(rest, version, out target, out error));
        if (!isRead)
            return false;
        line = new StartLine(method, target, 0);
        return true;
    }

    private static bool TryTakeTarget(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> version,
        out ReadOnlySpan<byte> target, out ParseError error)
    {
        if (!TryTakeWord(rest, Ascii.VisibleCharacters, MaximumTargetLength, out target, out error))
            return false;
        if (!TryTakeVersion(rest[(target.Length + 1)..], version, out var end, out error))
            return false;
        if (end is [(byte)'\r' or (byte)'\n', ..])
            return true;
        error = end.IsEmpty ? ParseError.Incomplete : ParseError.BadVersion;
        return false;
    }

    /// <summary>Accepts a target with spaces and non-ASCII letters, as sent by careless clients: everything up to the
    /// version, which must end the line (RFC 9112 §3.2 leaves the response to the server).</summary>
    private static bool TryTakeLooseTarget(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> version,
        out ReadOnlySpan<byte> target, out ParseError error)
    {
        target = default;
        var looked = rest[..Math.Min(rest.Length, MaximumTargetLength)];
        var end = looked.IndexOf((byte)'\n');
        var text = (end < 0 ? looked : looked[..end]).TrimEnd((byte)'\r');
        error = ParseError.BadValue;
        if (text.ContainsAnyInRange((byte)0, LastControl))
            return false;
        error = end >= 0
            ? ParseError.BadVersion
            : looked.Length < MaximumTargetLength ? ParseError.Incomplete : ParseError.BadLength;
        var space = text.LastIndexOf((byte)' ');
        if (end < 0 || space <= 0 || !TryTakeVersion(text[(space + 1)..], version, out var behind, out _)
            || !behind.IsEmpty)
            return false;
        target = text[..space];
        error = ParseError.None;
        return true;
    }

    /// <summary>Reads characters of one class up to a space.</summary>
    private static bool TryTakeWord(ReadOnlySpan<byte> bytes, CharacterClass characters, int maximum,
        out ReadOnlySpan<byte> word, out ParseError error)
    {
        word = default;
        var length = bytes[..Math.Min(bytes.Length, maximum + 1)].IndexOfAnyExcept(characters);
        if (length < 0)
        {
            error = bytes.Length <= maximum ? ParseError.Incomplete : ParseError.BadLength;
            return false;
        }

        error = ParseError.BadValue;
        if (length == 0 || bytes[length] != ' ')
            return false;
        word = bytes[..length];
        error = ParseError.None;
        return true;
    }
}
