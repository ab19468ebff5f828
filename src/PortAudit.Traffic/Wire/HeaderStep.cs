using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>Steps over one header to its payload. Compiled separately for each view struct: no boxing, no virtual
/// call.</summary>
internal static class HeaderStep
{
    /// <summary>True when <paramref name="layer"/> begins with a valid header.</summary>
    /// <param name="layer">The bytes; becomes the payload on success.</param>
    /// <param name="header">The header.</param>
    /// <param name="reason">Why it could not be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead<THeader>(scoped ref LayerBytes layer, out THeader header, out DecodeReason reason)
        where THeader : IWireHeader<THeader>, allows ref struct
    {
        var isGood = THeader.TryParse(layer.Bytes, out var read, out var error);
        header = read;
        reason = layer.Explain(error);
        if (isGood)
            layer = layer.Inner(read.Payload, read.HeaderLength);
        return isGood;
    }
}
