using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Recognises HTTP/2 without TLS by the client's connection preface (RFC 9113 §3.4). The server's first
/// SETTINGS frame proves nothing.</summary>
internal sealed class Http2Recogniser : TwoSidedRecogniser
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var common = bytes.CommonPrefixLength(Preface);
        if (common == Preface.Length)
            return SideMatch.Request;
        return common == bytes.Length ? SideMatch.Partial : SideMatch.Mismatch;
    }
}
