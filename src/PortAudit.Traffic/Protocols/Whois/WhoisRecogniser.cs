using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Whois;

/// <summary>Recognises WHOIS (RFC 3912) by its reply: free text, but registries begin it with remarks that name the
/// service, or with the domain name field. The query is any single line.</summary>
internal sealed class WhoisRecogniser : QueryReplyRecogniser
{
    /// <summary>Bytes of the reply searched.</summary>
    private const int MaximumSearch = 512;

    /// <inheritdoc />
    protected override bool MayBeAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart(" \r\n"u8);
        var mayBegin = text.IsEmpty || IsRemark(text) || Words.Begins("Domain Name: "u8, text);
        return mayBegin && bytes.Length <= MaximumSearch && !bytes.ContainsAnyExcept(Ascii.TextCharacters);
    }

    /// <inheritdoc />
    protected override bool IsAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[..Math.Min(bytes.Length, MaximumSearch)].TrimStart(" \r\n"u8);
        var isField = Words.Begins(text, "Domain Name: "u8);
        if ((!isField && !IsRemark(text)) || text.ContainsAnyExcept(Ascii.TextCharacters))
            return false;
        return isField || Words.OccursAsWord(text, "WHOIS"u8) || Words.Occurs(text, "Database query service"u8);
    }

    private static bool IsRemark(ReadOnlySpan<byte> text) => text is [(byte)'%' or (byte)'#', ..];
}
