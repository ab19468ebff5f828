namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A field value with parameters after semicolons: <c>multipart/mixed; boundary="x"</c>,
/// <c>&lt;sip:a@b&gt;;tag=1</c>, <c>RTP/AVP;unicast;client_port=1-2</c>.</summary>
internal static class FieldParameters
{
    private const int MaximumParameters = 64;

    /// <summary>The text before the first parameter.</summary>
    public static ReadOnlySpan<byte> Main(ReadOnlySpan<byte> value)
    {
        var semicolon = IndexOutsideQuotes(value, (byte)';');
        return (semicolon < 0 ? value : value[..semicolon]).Trim(" \t\r\n"u8);
    }

    /// <summary>The unquoted value of a parameter; empty without one.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < MaximumParameters; i++)
        {
            var semicolon = IndexOutsideQuotes(value, (byte)';');
            if (semicolon < 0)
                break;
            value = value[(semicolon + 1)..];
            var end = IndexOutsideQuotes(value, (byte)';');
            var parameter = end < 0 ? value : value[..end];
            var equals = parameter.IndexOf((byte)'=');
            if (equals >= 0 && Words.Same(parameter[..equals].Trim(" \t\r\n"u8), name))
                return parameter[(equals + 1)..].Trim(" \t\r\n"u8).Trim((byte)'"');
        }

        return [];
    }

    /// <summary>Index of a character outside quotes and angle brackets, whose URI has its own parameters (RFC 3261
    /// §20.10); -1 when not found.</summary>
    public static int IndexOutsideQuotes(ReadOnlySpan<byte> value, byte sought)
    {
        var (isQuoted, isUri) = (false, false);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == sought && !isQuoted && !isUri)
                return i;
            if (isQuoted && value[i] == '\\')
                i++;
            else if (value[i] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && value[i] is (byte)'<' or (byte)'>')
                isUri = value[i] == '<';
        }

        return -1;
    }
}
