namespace PortAudit.Traffic.Observers.Names;

/// <summary>The host that the subject of a certificate names, as certificates did before they had alternative names
/// (RFC 6125 §2.3.1).</summary>
internal static class SubjectText
{
    private const string CommonName = "CN=";

    /// <summary>The common name of a subject in the text form of RFC 4514, when it may be that of a host: without
    /// blanks and without what had to be escaped. Empty otherwise.</summary>
    public static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> subject)
    {
        var start = subject.StartsWith(CommonName) ? 0 : subject.IndexOf("," + CommonName) + 1;
        var name = subject[start..];
        if (!name.StartsWith(CommonName))
            return default;
        name = name[CommonName.Length..];
        var end = name.IndexOfAny(',', '+');
        name = end < 0 ? name : name[..end];
        return name.ContainsAny(' ', '\\') ? default : name;
    }
}
