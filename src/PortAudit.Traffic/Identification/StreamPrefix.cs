namespace PortAudit.Traffic.Identification;

/// <summary>The contiguous start of one direction of a TCP stream, kept while the flow is not yet identified.</summary>
internal sealed class StreamPrefix
{
    /// <summary>Bytes of each direction that are kept at most: two TLS records, room for a server's certificate chain.</summary>
    public const int MaximumLength = 32 * 1024;
}
