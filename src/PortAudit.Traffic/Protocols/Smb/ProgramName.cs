namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Detects files run by Windows (programs, libraries, drivers, scripts and installers) by name.</summary>
internal static class ProgramName
{
    /// <summary>Length of the longest extension.</summary>
    private const int MaximumEnding = 3;

    private static readonly string[] Endings =
    [
        "exe", "dll", "sys", "com", "scr", "cpl", "ocx", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf",
        "wsh", "hta", "msi", "msp",
    ];

    /// <summary>True when a name has one of these extensions. Allocates nothing.</summary>
    /// <param name="name">The name as sent; ends at a NUL.</param>
    /// <param name="isUnicode">True for UTF-16LE, false for single-byte characters.</param>
    public static bool Is(ReadOnlySpan<byte> name, bool isUnicode)
    {
        Span<char> ending = stackalloc char[MaximumEnding];
        var length = -1;
        foreach (var character in new PathCharacters(name, isUnicode))
        {
            if (character == '.')
                length = 0;
            else if (length >= MaximumEnding || character == '\\')
                length = -1;
            else if (length >= 0)
                ending[length++] = char.ToLowerInvariant(character);
        }

        if (length <= 0)
            return false;
        foreach (var each in Endings)
        {
            if (ending[..length].SequenceEqual(each))
                return true;
        }

        return false;
    }
}
