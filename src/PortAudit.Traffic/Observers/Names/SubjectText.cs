namespace PortAudit.Traffic.Observers.Names;

/// <summary>The host named by a certificate subject, as used before alternative names (RFC 6125 §2.3.1).</summary>
internal static class SubjectText
{
    private const string CommonName = "CN=";

    /// <summary>The common name of an RFC 4514 subject, if it can be a host's: without blanks or escapes; else
    /// empty.</summary>
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
