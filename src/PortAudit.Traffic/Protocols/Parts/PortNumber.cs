using System.Buffers.Text;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A decimal port number in text protocols.</summary>
internal static class PortNumber
{
    /// <summary>True for exactly a decimal number from 0 to 65535.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out ushort port) =>
        Utf8Parser.TryParse(word, out port, out var length) && length == word.Length && Words.IsNumber(word);
}
