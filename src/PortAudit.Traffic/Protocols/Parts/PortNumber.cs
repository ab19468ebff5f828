using System.Buffers.Text;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A port as text protocols write it: decimal digits.</summary>
internal static class PortNumber
{
    /// <summary>True for a decimal number of 0 to 65535 and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out ushort port) =>
        Utf8Parser.TryParse(word, out port, out var length) && length == word.Length && Words.IsNumber(word);
}
