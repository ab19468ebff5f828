namespace PortAudit.Traffic.Protocols.Http;

/// <summary>The page with status 400 that a TLS server returns for a clear-text request. IIS (HTTP.sys) has none: it
/// closes the connection.</summary>
internal static class TlsPortPage
{
    public const int Status = 400;

    /// <summary>Bytes searched for the sentence in a page without length: these servers' pages are shorter.</summary>
    private const int MaximumBody = 1_024;

    /// <summary>True for an answer with the sentence of nginx (497), Apache (mod_ssl), Go (net/http) or Tomcat
    /// (TLSClientHelloExtractor).</summary>
    public static bool IsIn(ReadOnlySpan<byte> answer) =>
        answer.IndexOf("plain HTTP request was sent to HTTPS port"u8) >= 0
        || answer.IndexOf("speaking plain HTTP to an SSL-enabled server port"u8) >= 0
        || answer.IndexOf("Client sent an HTTP request to an HTTPS server"u8) >= 0
        || answer.IndexOf("This combination of host and port requires TLS"u8) >= 0;

    /// <summary>True when the rest of the response is irrelevant.</summary>
    public static bool IsOver(ReadOnlySpan<byte> answer, HttpHead head)
    {
        var hasLength = !head.Field("Content-Length"u8).IsEmpty || !head.Field("Transfer-Encoding"u8).IsEmpty;
        return answer.Length >= head.Length + MaximumBody
            || (hasLength && HttpChange.TryReadAnswer(answer, out _, out _));
    }
}
