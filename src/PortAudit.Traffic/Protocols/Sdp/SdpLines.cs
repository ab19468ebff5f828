using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>Lines of an SDP description: a letter, <c>=</c>, a value (RFC 8866 §5).</summary>
internal static class SdpLines
{
    /// <summary>Removes a line, trimmed. The last one needs no end.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (rest.IsEmpty)
            return false;
        var feed = rest.IndexOf((byte)'\n');
        line = (feed < 0 ? rest : rest[..feed]).Trim(" \t\r"u8);
        rest = feed < 0 ? [] : rest[(feed + 1)..];
        return true;
    }

    /// <summary>Finds the text after the first line start that matches.</summary>
    public static bool TryFind(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> start, out ReadOnlySpan<byte> value)
    {
        while (TryTake(ref lines, out var line))
        {
            if (!Words.Begins(line, start))
                continue;
            value = line[start.Length..];
            return true;
        }

        value = default;
        return false;
    }
}
