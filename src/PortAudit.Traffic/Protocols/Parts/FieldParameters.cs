namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The value of a field that has parameters behind semicolons: <c>multipart/mixed; boundary="x"</c>,
/// <c>&lt;sip:a@b&gt;;tag=1</c>, <c>RTP/AVP;unicast;client_port=1-2</c>.</summary>
internal static class FieldParameters
{
    private const int MaximumParameters = 64;

    /// <summary>What stands before the first parameter.</summary>
    public static ReadOnlySpan<byte> Main(ReadOnlySpan<byte> value)
    {
        var semicolon = IndexOutsideQuotes(value, (byte)';');
        return (semicolon < 0 ? value : value[..semicolon]).Trim(" \t\r\n"u8);
    }

    /// <summary>The value of a parameter without quotes, empty when there is none.</summary>
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

    /// <summary>The first place of a character that is neither quoted nor within angle brackets, whose URI has
    /// parameters of its own (RFC 3261 §20.10); -1 when there is none.</summary>
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
