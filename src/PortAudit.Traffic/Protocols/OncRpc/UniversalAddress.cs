using System.Buffers.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>rpcbind's notation of address and port: the address, then the port's two bytes in decimal, separated by
/// dots (RFC 5665 §5.2.3.3, §5.2.3.4).</summary>
internal static class UniversalAddress
{
    /// <summary>Parses the text; false when malformed. Accepts port 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        if (!TryTakeLastNumber(ref text, out var low) || !TryTakeLastNumber(ref text, out var high)
            || !IpAddress.TryParse(text, out address))
            return false;
        port = (ushort)((high << 8) | low);
        return true;
    }

    private static bool TryTakeLastNumber(ref ReadOnlySpan<byte> text, out byte number)
    {
        number = 0;
        var dot = text.LastIndexOf((byte)'.');
        if (dot < 0 || !Utf8Parser.TryParse(text[(dot + 1)..], out number, out var length)
            || length != text.Length - dot - 1)
            return false;
        text = text[..dot];
        return true;
    }
}
