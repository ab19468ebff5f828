using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>Recognises clear SIP (RFC 3261 §7) by the first start line, over TCP after any keep-alive line ends (RFC
/// 3261 §7.5, RFC 5626 §3.5.1). The requester is the client; if both sides began with a request, neither is.</summary>
internal sealed class SipRecogniser : TwoSidedRecogniser
{
    /// <summary>Line ends before the first message, in bytes: several keep-alives of four.</summary>
    public const int MaximumKeepAlive = 64;

    private static ReadOnlySpan<byte> Version => "SIP/2.0"u8;

    /// <inheritdoc />
    public override bool MayBeginWith(byte first) =>
        Ascii.MethodCharacters.Contains(first) || first is (byte)'\r' or (byte)'\n';

    /// <inheritdoc />
    public override bool KnowsReplies => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        var keepAlive = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (keepAlive < 0)
            return bytes.Length <= MaximumKeepAlive ? SideMatch.Partial : SideMatch.Mismatch;
        if (keepAlive > MaximumKeepAlive)
            return SideMatch.Mismatch;
        bytes = bytes[keepAlive..];
        if (StartLine.TryParse(bytes, Version, out var line, out var error))
            return !line.IsRequest ? SideMatch.Reply : HasScheme(line.Target) ? SideMatch.Request : SideMatch.Mismatch;
        return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
    }

    /// <summary>A request target is a URI with a scheme: <c>sip:</c>, <c>sips:</c>, <c>tel:</c> or another (RFC 3261
    /// §8.1.1.1).</summary>
    private static bool HasScheme(ReadOnlySpan<byte> target) => target.IndexOf((byte)':') > 0;
}
