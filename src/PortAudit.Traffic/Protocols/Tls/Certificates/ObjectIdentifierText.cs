using System.Text;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Object identifiers as dotted decimals (X.690 §8.19).</summary>
internal static class ObjectIdentifierText
{
    /// <summary>Writes an encoded identifier. A number of more than eight bytes, which nobody uses, is cut to its low
    /// bits.</summary>
    public static void Write(scoped ReadOnlySpan<byte> identifier, ref BoundedText text)
    {
        long number = 0;
        var isFirst = true;
        foreach (var part in identifier)
        {
            number = ((number << 7) | (uint)(part & 0x7F)) & long.MaxValue;
            if ((part & 0x80) != 0)
                continue;
            if (isFirst)
            {
                var root = Math.Min(number / 40, 2);
                text.Append(root);
                number -= root * 40;
            }

            text.Append("."u8);
            text.Append(number);
            isFirst = false;
            number = 0;
        }
    }

    public static string Of(ReadOnlySpan<byte> identifier)
    {
        // A byte of encoding takes at most four characters: a number below 128 and a dot.
        Span<byte> space = stackalloc byte[byte.MaxValue * 4];
        var text = new BoundedText(space);
        Write(identifier[..Math.Min(identifier.Length, byte.MaxValue)], ref text);
        return Encoding.ASCII.GetString(space[..text.Length]);
    }
}
