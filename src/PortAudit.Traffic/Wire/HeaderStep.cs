using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>The step over one header into what it carries. The views are structs, so each use is compiled for its own
/// view: no boxing, no virtual call.</summary>
internal static class HeaderStep
{
    /// <summary>True when <paramref name="layer"/> begins with a good header; false with the reason when it does
    /// not.</summary>
    /// <param name="layer">The bytes; becomes what follows the header when true, and stays when false.</param>
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
