namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Converts domain names to text, following compression pointers (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsText
{
    /// <summary>Labels and pointers per name: 127 labels in 255 bytes, and a pointer for every fourth.</summary>
    private const int MaximumSteps = 160;

    private const int MaximumLabel = 63;
    private const byte Pointer = 0xC0;

    /// <summary>Writes a name with dots between labels. Returns its length; 0 for the root and for invalid names, or
    /// with a dot in a label, which text cannot represent.</summary>
    /// <param name="message">The message, the base of pointers.</param>
    /// <param name="name">The end of the message, beginning with the name.</param>
    /// <param name="destination">At least <see cref="DnsName.MaximumLength"/> bytes.</param>
    public static int Write(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, Span<byte> destination)
    {
        var length = 0;
        for (var step = 0; step < MaximumSteps && name.Length > 0; step++)
        {
            var size = name[0];
            if (size == 0)
                return length;
            if (size >= Pointer)
            {
                // A pointer leads backwards, at most to the start of the message.
                if (name.Length < 2
                    || (((size & 0x3F) << 8) | name[1]) is var target && target >= message.Length - name.Length)
                    return 0;
                name = message[target..];
                continue;
            }

            if (size > MaximumLabel || name.Length <= size || length + 1 + size > DnsName.MaximumLength)
                return 0;
            var label = name.Slice(1, size);
            if (label.Contains((byte)'.'))
                return 0;
            if (length > 0)
                destination[length++] = (byte)'.';
            label.CopyTo(destination[length..]);
            length += size;
            name = name[(1 + size)..];
        }

        return 0;
    }
}
