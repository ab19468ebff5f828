namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Character sets of text protocols.</summary>
internal static class Ascii
{
    /// <summary>Characters of common methods: upper-case letters, digits, hyphen and underscore (a subset of
    /// <c>token</c>, RFC 9110 §5.6.2). Excludes lower case to distinguish requests from prose.</summary>
    public static readonly CharacterClass MethodCharacters = new("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    /// <summary>Characters of a request target: visible ones, and non-ASCII octets that careless clients send
    /// unescaped.</summary>
    public static readonly CharacterClass VisibleCharacters = new([.. Range(0x21, 0x7E), .. Range(0x80, 0xFF)]);

    /// <summary>Characters of a line of prose: visible ones, space, tab and the octets of UTF-8 or Latin
    /// scripts.</summary>
    public static readonly CharacterClass LineCharacters =
        new([(byte)'\t', .. Range(0x20, 0x7E), .. Range(0x80, 0xFF)]);

    /// <summary>Characters of text of several lines: those of a line, and line ends.</summary>
    public static readonly CharacterClass TextCharacters =
        new([(byte)'\t', (byte)'\r', (byte)'\n', .. Range(0x20, 0x7E), .. Range(0x80, 0xFF)]);

    /// <summary>Characters of an IRC line (RFC 2812 §2.3.1): all but NUL and line ends, because control characters mark
    /// colours and client requests.</summary>
    public static readonly CharacterClass ChatCharacters =
        new([.. Range(0x01, 0x09), .. Range(0x0B, 0x0C), .. Range(0x0E, 0xFF)]);

    /// <summary>The octets of an inclusive range.</summary>
    public static byte[] Range(byte first, byte last)
    {
        var octets = new byte[last - first + 1];
        for (var index = 0; index < octets.Length; index++)
            octets[index] = (byte)(first + index);
        return octets;
    }
}
